import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { smallProject } from '../small-screen.ts'
import { isAbsent } from '../sshd/bed.ts'
import { realClusters, standInClusters } from './clusters.ts'
import { ledgerLine, runHere, runOverSsh, type ScreenRun } from './screen-over-ssh.ts'

/** Three candidates of 24 atoms, six calculations: all that a site is asked for. */
const screen = `
name: tiny
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants:
  elements: [B, Al]
  sites: [{ replace: Mn, wyckoff: 4g }]
method: { hubbardU: { Mn: 4.5 } }
`

const clusters = await Promise.all(
  [...realClusters, ...standInClusters].map(async (cluster) => ({
    cluster,
    reason: isAbsent ? 'no OpenSSH server' : await cluster.whyNot(),
  })),
)

describe('a screen over real SSH', () => {
  let expected: Pick<ScreenRun, 'tables' | 'starts'>
  beforeAll(async () => {
    expected = await runHere(smallProject(screen), 'tiny')
  })

  for (const { cluster, reason } of clusters) {
    it.skipIf(reason !== undefined)(
      `through ${cluster.title} gives the tables of the rehearsal site, each attempt run once${reason === undefined ? '' : ` (skipped: ${reason})`}`,
      async () => {
        const run = await runOverSsh(cluster, smallProject(screen), 'tiny')

        console.log(ledgerLine(cluster, run))
        expect(run.tables).toEqual(expected.tables)
        expect(Object.keys(run.tables).length).toBeGreaterThanOrEqual(2)
        expect(run.starts).toEqual(new Array(6).fill(1))
        expect(new Set(run.nativeIds).size).toBe(6)
        expect(run.connections).toBe(1)
        expect(run.told).toEqual({ connections: 1, statusCalls: run.calls[cluster.programs[0]] })
      },
    )
  }
})
