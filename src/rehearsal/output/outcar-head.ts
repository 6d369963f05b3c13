import { volumeAngstrom3 } from '../../structure/lattice.ts'
import { writeIncarValue } from '../../vasp/input/incar-value.ts'
import type { Species } from '../input/read-species.ts'
import { massU } from '../input/read-inputs.ts'
import { confession, versionNumber, type RunContext } from '../run-context.ts'
import { fixed, integer, outcarRule } from './fortran.ts'
import { latticeBlock } from './outcar-lattice.ts'
import { outcarKPoints, outcarPlaneWaves } from './outcar-k-points.ts'
import { outcarSettings } from './outcar-settings.ts'

/** Everything in OUTCAR above the first iteration. The date is the only part that differs between equal runs. */
export function outcarHead(run: RunContext, startedAt: Date): string {
  return [
    identity(startedAt),
    ...confession(run).map((line) => ` ${line}`),
    '',
    '',
    outcarRule,
    '',
    '',
    incarEcho(run),
    potcarEcho(run.inputs.species),
    dimensions(run),
    outcarSettings(run),
    cellBlock(run),
    outcarKPoints(run),
    positionBlock(run),
    outcarPlaneWaves(run),
    '',
  ].join('\n')
}

function identity(startedAt: Date): string {
  const [date, time] = startedAt.toISOString().split('T')
  return [
    ` vasp.${versionNumber} (build Jan  1 2026 00:00:00) complex`.padEnd(81),
    '',
    ` executed on             rehearsal date ${date!.replaceAll('-', '.')}  ${time!.slice(0, 8)}`,
    ' running on    1 total cores',
    ' distrk:  each k-point on    1 cores,    1 groups',
    ' distr:  one band on NCORE=   1 cores,    1 groups',
  ].join('\n')
}

function incarEcho(run: RunContext): string {
  const lines = run.inputs.incar.map(({ tag, value }) => `   ${tag} = ${echoed(value)}`)
  return [' INCAR:', ...lines, ''].join('\n')
}

// VASP echoes logicals as True and False.
function echoed(value: Parameters<typeof writeIncarValue>[0]): string {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : writeIncarValue(value)
}

// Every title stands twice, as in VASP's own files; some readers count on it.
function potcarEcho(species: readonly Species[]): string {
  const titles = species.map(({ title }) => ` POTCAR:    ${title}`)
  const details = species.map((one, index) => [titles[index]!, ...datasetLines(one)].join('\n'))
  return [...titles, '', ...details].join('\n')
}

function datasetLines({ element, title, zval, enmaxEv }: Species): string[] {
  return [
    `   VRHFIN =${element}: stand-in`,
    `   TITEL  = ${title}`,
    `   POMASS = ${fixed(massU(element), 8, 3)}; ZVAL   = ${fixed(zval, 8, 3)}    mass and valenz`,
    `   ENMAX  = ${fixed(enmaxEv, 8, 3)}; ENMIN  = ${fixed(0.75 * enmaxEv, 8, 3)} eV`,
    '',
  ]
}

function dimensions(run: RunContext): string {
  const { inputs, gridShape } = run
  const [x, y, z] = gridShape
  const [cx, cy, cz] = gridShape.map((points) => points / 2) as [number, number, number]
  const grid = (suffix: string, a: number, b: number, c: number, lead: string) =>
    `   ${lead} NGX${suffix}=${integer(a, 6)} NGY${suffix}=${integer(b, 5)} NGZ${suffix}=${integer(c, 5)}`
  const points = integer(inputs.kPoints.points.length, 7)
  return [
    '',
    outcarRule,
    '',
    '',
    ' Dimension of arrays:',
    `   k-points           NKPTS =${points}   k-points in BZ     NKDIM =${points}   number of bands    NBANDS=${integer(bandCount(run), 7)}`,
    `   number of dos      NEDOS =    301   number of ions     NIONS =${integer(inputs.structure.sites.length, 7)}`,
    `   total plane-waves  NPLWV =${integer(cx * cy * cz, 7)}`,
    grid(' ', cx, cy, cz, 'dimension x,y,z'),
    grid('F', x, y, z, 'dimension x,y,z'),
    grid('F', x, y, z, 'support grid   '),
    `   ions per type =            ${inputs.species.map(({ count }) => integer(count, 4)).join('')}`,
    '',
  ].join('\n')
}

/** Bands that VASP would take by default for this many electrons. */
export function bandCount(run: RunContext): number {
  const { electronCount, structure, settings } = run.inputs
  const extra = Math.max(Math.ceil(structure.sites.length / 2), 3)
  const pairs = Math.ceil(electronCount / 2) + extra
  return settings.ISPIN === 2 ? Math.max(pairs, Math.ceil(0.6 * electronCount)) : pairs
}

function cellBlock(run: RunContext): string {
  const { lattice } = run.inputs.structure
  return ['', outcarRule, '', '', ...latticeBlock(lattice, volumeAngstrom3(lattice)), ''].join('\n')
}

function positionBlock(run: RunContext): string {
  const { structure } = run.inputs
  const fractional = structure.sites.map((site) => ' ' + site.fractional.map((x) => fixed(x, 12, 8)).join(''))
  return [' position of ions in fractional coordinates (direct lattice) ', ...fractional, ' '].join('\n')
}
