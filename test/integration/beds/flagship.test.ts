import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import type { SmallProject } from '../small-screen.ts'
import { isAbsent } from '../sshd/bed.ts'
import { realClusters } from './clusters.ts'
import { ledgerLine, runHere, runOverSsh, type ScreenRun } from './screen-over-ssh.ts'

const isAsked = process.env['DOPANT_FLAGSHIP'] !== undefined
const name = 'li2mno3-010'

/** The example as it stands in the repository, in a folder of its own. */
function flagship(): SmallProject {
  const root = temporaryFolder()
  const folder = join(root, 'examples', name)
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(root, 'structures'))
  copyFileSync(resolve('structures/li2mno3.cif'), join(root, 'structures/li2mno3.cif'))
  copyFileSync(resolve('examples', name, 'screen.yaml'), join(folder, 'screen.yaml'))
  writeFileSync(join(folder, 'dopant.yaml'), '')
  return { folder, screenFile: join(folder, 'screen.yaml') }
}

const clusters = await Promise.all(
  realClusters.map(async (cluster) => ({
    cluster,
    reason: isAsked
      ? isAbsent
        ? 'no OpenSSH server'
        : await cluster.whyNot()
      : 'minutes; npm run test:cluster',
  })),
)

describe('the whole screen of the paper, 27 calculations, over real SSH', () => {
  let expected: Pick<ScreenRun, 'tables' | 'starts'>
  beforeAll(async () => {
    if (isAsked) expected = await runHere(flagship(), name)
  }, 1_800_000)

  for (const { cluster, reason } of clusters) {
    it.skipIf(reason !== undefined)(
      `gives the tables of the rehearsal site through ${cluster.title}${reason === undefined ? '' : ` (skipped: ${reason})`}`,
      { timeout: 3_600_000 },
      async () => {
        const run = await runOverSsh(cluster, flagship(), name)

        console.log(ledgerLine(cluster, run))
        for (const table of ['bonds.csv', 'charges.csv', 'oxygen-pairs.csv'])
          expect(run.tables[table], table).toBe(expected.tables[table])
        expect(run.starts).toEqual(expected.starts)
        expect(new Set(run.starts)).toEqual(new Set([1]))
        expect(new Set(run.nativeIds).size).toBe(run.starts.length)
        expect(run.connections).toBe(1)
        expect(run.told).toEqual({ connections: 1, statusCalls: run.calls[cluster.programs[0]] })
      },
    )
  }
})
