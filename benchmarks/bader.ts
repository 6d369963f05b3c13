/**
 * What a Bader partition costs: a slab of overlapping ions on a grid, written as CHGCAR and AECCAR0 + AECCAR2, read again and divided.
 *
 *     npx tsx benchmarks/bader.ts [points] [methods…]     9000000 and all three by default
 *
 * Every method runs in a process of its own through the functions that `dopant bader` calls. Wall time is that of the whole
 * process, with start-up and the compilation of TypeScript; peak memory is what the system says of that process.
 * Basins and the sums over them are one figure: the weight method has no border between them.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openFile } from '../src/app/parse/open-file.ts'
import { baderMethods, type BaderMethod } from '../src/bader/basin-integrals.ts'
import { partition, usualVacuumDensity } from '../src/bader/partition.ts'
import { sumOfGrids } from '../src/bader/sum-of-grids.ts'
import { promolecule } from '../src/rehearsal/density/promolecule.ts'
import type { DensityGrid } from '../src/structure/density-grid.ts'
import type { Lattice } from '../src/structure/lattice.ts'
import type { Structure } from '../src/structure/structure.ts'
import { gridText } from '../src/vasp/output/grid/grid-text.ts'
import { readGrid } from '../src/vasp/output/grid/read-grid.ts'

interface Cost {
  readonly parseSeconds: number
  readonly addSeconds: number
  readonly partitionSeconds: number
  readonly cpuSeconds: number
  readonly residentMegabytes: number
  readonly electrons: number
}

const [first = '9000000', ...rest] = process.argv.slice(2)
if (first === '--child') console.log(JSON.stringify(await costOf(rest[0] ?? '.', rest[1] as BaderMethod)))
else compare(Number(first), rest.length === 0 ? baderMethods : rest)

function compare(points: number, methods: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-bader-'))
  try {
    const shape = writeFiles(folder, points)
    const count = shape.reduce((product, n) => product * n, 1)
    console.log(`${shape.join(' × ')} = ${count} points`)
    console.log(
      '| method | wall s | CPU s | parse s | add s | basins and sums s | peak MB | points/s | electrons | load |',
    )
    console.log('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|')
    for (const method of methods) console.log(row(folder, method, count))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function row(folder: string, method: string, count: number): string {
  const load = (loadavg()[0] ?? 0).toFixed(1)
  const start = performance.now()
  const self = fileURLToPath(import.meta.url)
  const child = spawnSync(process.execPath, ['--import', 'tsx', self, '--child', folder, method], {
    encoding: 'utf8',
  })
  const wall = (performance.now() - start) / 1000
  if (child.status !== 0) return `| ${method} | failed: ${child.stderr.trim().split('\n').at(-1) ?? ''} |`
  const cost = JSON.parse(child.stdout) as Cost
  const seconds = [wall, cost.cpuSeconds, cost.parseSeconds, cost.addSeconds, cost.partitionSeconds].map(
    (s) => s.toFixed(1),
  )
  const others = [
    cost.residentMegabytes.toFixed(0),
    Math.round(count / wall),
    cost.electrons.toFixed(4),
    load,
  ]
  return `| ${[method, ...seconds, ...others].join(' | ')} |`
}

async function costOf(folder: string, method: BaderMethod): Promise<Cost> {
  const grid = async (name: string): Promise<DensityGrid> =>
    (await readGrid(openFile(join(folder, name)).chunks(), { kind: name })).total
  const times = [performance.now()]
  const charge = await grid('CHGCAR')
  const parts = [await grid('AECCAR0'), await grid('AECCAR2')]
  times.push(performance.now())
  const reference = sumOfGrids(parts)
  times.push(performance.now())
  const { electronCount } = partition({ reference, charge, method, vacuumDensity: usualVacuumDensity })
  times.push(performance.now())
  const [parse = 0, add = 0, divide = 0] = times.slice(1).map((time, n) => (time - times[n]!) / 1000)
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return {
    parseSeconds: parse,
    addSeconds: add,
    partitionSeconds: divide,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    residentMegabytes: (maxRSS * 1024) / 1e6,
    electrons: electronCount,
  }
}

function writeFiles(folder: string, points: number): readonly [number, number, number] {
  const structure = slab()
  const perAngstrom = Math.cbrt(points / (12 * 12 * 30))
  const shape = [12, 12, 30].map((length) => Math.round(length * perAngstrom)) as [number, number, number]
  const isOxygen = structure.sites.map(({ element }) => element === 'O')
  const valence = promolecule(
    structure,
    shape,
    isOxygen.map((oxygen) => [
      oxygen ? { electrons: 7, falloffPerAngstrom: 4.8 } : { electrons: 11, falloffPerAngstrom: 6 },
    ]),
  )
  const core = promolecule(
    structure,
    shape,
    isOxygen.map((oxygen) => [{ electrons: oxygen ? 2 : 10, falloffPerAngstrom: 14 }]),
  )
  for (const [name, grid] of [
    ['CHGCAR', valence],
    ['AECCAR0', core],
    ['AECCAR2', valence],
  ] as const)
    write(join(folder, name), grid)
  return shape
}

/** Seven rocksalt layers of 6 × 6 ions 2 Å apart with as much vacuum, in a cell whose a and b enclose 100°; shifted a little, so that nothing is equal by symmetry. */
function slab(): Structure {
  const angle = (100 * Math.PI) / 180
  const lattice: Lattice = [
    [12, 0, 0],
    [12 * Math.cos(angle), 12 * Math.sin(angle), 0],
    [0, 0, 30],
  ]
  const sites = Array.from({ length: 252 }, (_, n) => {
    const [i, j, k] = [n % 6, Math.floor(n / 6) % 6, Math.floor(n / 36)]
    const shift = (phase: number): number => 0.004 * Math.sin(phase * (n + 1))
    const fractional = [i / 6 + shift(1), j / 6 + shift(2), 0.25 + k / 15 + shift(3)] as const
    return { element: (i + j + k) % 2 === 0 ? 'Mn' : 'O', fractional }
  })
  return {
    comment: 'slab of overlapping ions',
    lattice,
    sites: [...sites].sort((p, q) => p.element.localeCompare(q.element)),
  }
}

function write(path: string, grid: DensityGrid): void {
  const file = openSync(path, 'w')
  try {
    for (const chunk of gridText(grid.structure, [grid])) writeSync(file, chunk)
  } finally {
    closeSync(file)
  }
}
