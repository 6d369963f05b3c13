import { withFormalCharges } from '../../../app/structure/formal-charges.ts'
import { chemicalFormula } from '../../../app/structure/chemical-formula.ts'
import { wrapCoordinate } from '../../../structure/lattice.ts'
import { vacuumAxes } from '../../../vasp/input/vacuum.ts'
import { structureInfo, type OrbitInfo, type StructureInfo } from '../../../structure/structure-info.ts'
import type { Structure } from '../../../structure/structure.ts'
import { alignedText } from '../../aligned-text.ts'
import type { CommandDefinition } from '../../command.ts'
import { numberOption } from '../../option-values.ts'
import { fileArgument, inputOptions, structureInput } from './structure-input.ts'
import { jsonOption } from './structure-output.ts'

export const infoCommand: CommandDefinition = {
  name: 'info',
  summary: 'group, sites, density, shortest distances, formal charges, warnings',
  arguments: [fileArgument],
  options: [
    { flags: '--symprec <length>', description: 'in Å: atoms this far apart still count as equal', default: '0.01' },
    ...inputOptions,
    jsonOption,
  ],
  examples: ['dopant structure info host.cif', 'gunzip -c POSCAR.gz | dopant structure info -'],
  run: async (args, options, io) => {
    const { structure, format, warnings } = await structureInput(args, options, io, { overlaps: 'let', warnings: 'keep' })
    const plain = structureInfo(structure, { symprecAngstrom: numberOption('--symprec', options['symprec']) })
    const info = { ...plain, warnings: [...warnings, ...plain.warnings] }
    if (options['json'] === true) {
      io.stdout.write(`${JSON.stringify({ format, ...info })}\n`)
      return 0
    }
    io.stdout.write(forPeople(structure, info))
    return 0
  },
}

function forPeople(structure: Structure, info: StructureInfo): string {
  const { cell, spaceGroup } = info
  const lengths = [cell.aAngstrom, cell.bAngstrom, cell.cAngstrom].map((x) => x.toFixed(4)).join('  ')
  const angles = [cell.alphaDegrees, cell.betaDegrees, cell.gammaDegrees].map((x) => x.toFixed(3)).join('  ')
  const facts = [
    ['formula', `${chemicalFormula(withFormalCharges(structure).structure)}  (cell: ${info.formula}, ${info.atoms} atoms)`],
    ['group', spaceGroup === undefined ? 'none found' : `${spaceGroup.symbol}  (no. ${spaceGroup.number})`],
    ['a b c', `${lengths} Å`],
    ['α β γ', `${angles}°`],
    ['volume', `${info.volumeAngstrom3.toFixed(3)} Å³`],
    ['density', `${info.densityGramPerCm3.toFixed(3)} g/cm³${vacuumWords(structure)}`],
    ['charges', info.oxidationStates.states === undefined ? `none: ${info.oxidationStates.reason}` : info.oxidationStates.reason],
  ]
  const rows = facts.map(([name = '', value]) => `${name.padEnd(8)} ${value}\n`).join('')
  const parts = [rows, orbitTable(structure, info), distanceTable(info)].filter((part) => part !== '')
  return `${parts.join('\n')}${info.warnings.map((warning) => `\nwarning: ${warning}`).join('')}${info.warnings.length > 0 ? '\n' : ''}`
}

function orbitTable(structure: Structure, info: StructureInfo): string {
  if (info.orbits.length === 0) return ''
  const { structure: charged } = withFormalCharges(structure)
  const charge = ({ sites }: OrbitInfo): string => signed(charged.sites[sites[0] ?? -1]?.oxidationState)
  const position = ({ sites }: OrbitInfo): string =>
    (structure.sites[sites[0] ?? -1]?.fractional ?? []).map(fourDecimals).join(' ')
  const rows = info.orbits.map((orbit) => [
    orbit.element,
    orbit.wyckoff,
    orbit.siteSymmetry,
    charge(orbit),
    String(orbit.sites.length),
    position(orbit),
    atomNumbers(orbit.sites),
  ])
  return alignedText(['element', 'Wyckoff', 'symmetry', 'charge', 'atoms', 'first at', 'numbers'], rows)
}

function vacuumWords(structure: Structure): string {
  const axes = structure.sites.length === 0 ? [] : vacuumAxes(structure)
  return axes.length === 0 ? '' : ` (vacuum along ${axes.map((axis) => 'abc'[axis]).join(', ')} included)`
}

function distanceTable(info: StructureInfo): string {
  if (info.shortestDistances.length === 0) return ''
  const rows = info.shortestDistances.map(({ elements, distanceAngstrom, sites }) => [
    cationFirst(elements).join('–'),
    distanceAngstrom.toFixed(4),
    sites.map((site) => site + 1).join('–'),
  ])
  return alignedText(['shortest', 'Å', 'atoms'], rows)
}

const usualAnions = ['O', 'F', 'Cl', 'N', 'Br', 'I', 'S', 'Se', 'Te']

/** P–O rather than O–P. */
function cationFirst([a, b]: readonly [string, string]): readonly string[] {
  return usualAnions.includes(a) && !usualAnions.includes(b) ? [b, a] : [a, b]
}

/** 0.99997 is 0, not 1. */
function fourDecimals(x: number): string {
  const text = wrapCoordinate(x).toFixed(4)
  return text === '1.0000' ? '0.0000' : text
}

/** `1–4, 7`: numbers from 1, as in POSCAR. */
export function atomNumbers(indices: readonly number[]): string {
  const runs: [number, number][] = []
  for (const index of indices) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === index) last[1] = index + 1
    else runs.push([index + 1, index + 1])
  }
  const words = runs.map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from}, ${to}` : `${from}–${to}`))
  return words.length > 6 ? `${words.slice(0, 6).join(', ')} …` : words.join(', ')
}

/** `+4`, `−2`, or nothing. */
export function signed(value: number | undefined): string {
  if (value === undefined) return ''
  return value > 0 ? `+${value}` : String(value).replace('-', '−')
}
