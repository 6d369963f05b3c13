import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { planeThrough } from '../../../src/analysis/planes.ts'
import { readGridPoints } from '../../../src/app/outputs/read-grid-points.ts'
import { keptPlanes, planesOfFiles } from '../../../src/app/results/density-planes.ts'
import { localRunFiles, type RunFiles } from '../../../src/app/results/run-files.ts'
import type { SiteConnection } from '../../../src/ports/site-connection.ts'
import { SiteUnreachableError } from '../../../src/ports/transport-errors.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { importedSite } from '../../../src/workflow/imported.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const shape = [12, 14, 16] as const
const cell = { comment: 'BO2', lattice: [[6, 0, 0], [1, 7, 0], [0.5, 0.5, 8]], sites: [[0.02, 0.5, 0.5], [0.23, 0.52, 0.5], [0.9, 0.66, 0.53]].map((fractional, n) => ({ element: n === 0 ? 'B' : 'O', fractional })) } as unknown as Parameters<typeof planeThrough>[0] // prettier-ignore
const wish = { frame: planeThrough(cell, [0, 1, 2], 5), points: 41 }

/** As VASP writes it, five values a line, with augmentation and a second density behind. */
function chgcar(): string {
  const values = Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => ` ${(n % 7 === 0 ? -1 : 1) * (0.1 + n / 100)}`)
  const rows = (all: readonly string[]) => Array.from({ length: Math.ceil(all.length / 5) }, (_, row) => all.slice(5 * row, 5 * row + 5).join(' '))
  const header = ['BO2', '   1.00000000000000', '  6.0 0.0 0.0', '  1.0 7.0 0.0', '  0.5 0.5 8.0', '   B    O', '     1     2', 'Direct', '  0.02 0.5 0.5', '  0.23 0.52 0.5', '  0.90 0.66 0.53', ' ']
  return [...header, '   12   14   16', ...rows(values), 'augmentation occupancies   1   2', '  0.1 0.2', '   12   14   16', ...rows(values.map(() => ' 9')), ''].join('\n')
}

function bed() {
  const [there, folder] = [temporaryFolder(), temporaryFolder()]
  const real = localTransport()
  const said: string[] = []
  let isUp = true
  let received = 0
  const transport: Transport = {
    ...real,
    run: async (command, options) => {
      if (!isUp) throw new SiteUnreachableError('cluster', 'the network is down')
      const result = await real.run(command, options)
      received += result.stdout.length
      return result
    },
  }
  const connection = { site: { name: 'cluster', transport: { kind: 'ssh' } }, transport } as unknown as SiteConnection
  const noFiles: RunFiles = { read: async () => undefined }
  const planes = keptPlanes({ sites: new Map([['cluster', connection]]), files: noFiles, folder, say: (line) => said.push(line) })
  const place = { id: 's/B/static', site: 'cluster', remoteFolder: there }
  return { there, folder, planes, place, transport, said, received: () => received, goDown: () => (isUp = false) }
}

describe('a plane of a density on another machine', () => {
  it('is that of the whole grid, of which only the points at the plane come home', async () => {
    const { there, planes, place, received } = bed()
    writeFileSync(join(there, 'CHGCAR'), chgcar())
    const plane = await planes.plane(place, wish)
    const whole = await planesOfFiles(localRunFiles).plane(place, wish)

    expect(plane!.values.every((value, n) => Math.abs(value - whole!.values[n]!) < 1e-7)).toBe(true)
    expect(plane).toMatchObject({ shape, structure: { lattice: cell.lattice } })
    expect(received()).toBeLessThan(chgcar().length / 2)
  })

  it('is kept: it is there when the grid is gone and when the site is away', async () => {
    const { there, folder, planes, place, goDown, said } = bed()
    writeFileSync(join(there, 'CHGCAR'), chgcar())
    const first = await planes.plane(place, wish)
    rmSync(join(there, 'CHGCAR'))
    goDown()
    const again = await planes.plane(place, wish)

    expect(again!.values.every((value, n) => Math.abs(value - first!.values[n]!) < 1e-7)).toBe(true)
    expect(readdirSync(folder)).toHaveLength(1)
    expect(JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8'))).toMatchObject({ source: { calculation: 's/B/static', file: 'CHGCAR' }, points: 41 })
    expect(await planes.plane(place, { ...wish, points: 21 })).toBeUndefined()
    expect(await planes.plane(place, { ...wish, points: 31 })).toBeUndefined()
    expect(said).toEqual([expect.stringMatching(/Densities of cluster are not read now/)])
  })

  it('of an imported run is taken anew each time, because its folder may be written again', async () => {
    const { there, folder } = bed()
    const planes = keptPlanes({ sites: new Map(), files: localRunFiles, folder, say: () => undefined })
    writeFileSync(join(there, 'CHGCAR'), chgcar())

    expect(await planes.plane({ id: 's/mine/static', site: importedSite, remoteFolder: there }, wish)).toBeDefined()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is missing without a grid, and of one that ends early', async () => {
    const { there, place, transport, planes } = bed()

    expect(await planes.plane(place, wish)).toBeUndefined()
    writeFileSync(join(there, 'CHGCAR'), chgcar().slice(0, 2000))
    expect(await planes.plane(place, wish)).toBeUndefined()
    const found = await readGridPoints(transport, there, 'CHGCAR', () => Uint32Array.of(0, 3, 5))
    expect(Array.from(found!.values)).toEqual([-0.1, 0.13, 0.15].map((value) => expect.closeTo(value, 9) as number))
  })
})
