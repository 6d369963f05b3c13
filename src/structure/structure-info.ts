import { elementData } from '../base/elements-data.ts'
import { cellParameters, signedVolumeAngstrom3, type CellParameters } from './lattice.ts'
import { neighboursWithin } from './neighbours.ts'
import { guessOxidationStates, type OxidationStateGuess } from './oxidation-states.ts'
import { composition, formula, type Structure } from './structure.ts'
import { analyseSymmetry, orbitsOf, type Symmetry, type SymmetryOptions, wyckoffName } from './symmetry.ts'

/** Atoms that symmetry makes equal. */
export interface OrbitInfo {
  readonly element: string
  /** `4g`: positions in the conventional cell and Wyckoff letter. */
  readonly wyckoff: string
  readonly siteSymmetry: string
  /** Indices from 0 in the order of the sites. */
  readonly sites: readonly number[]
}

export interface PairDistance {
  readonly elements: readonly [string, string]
  readonly distanceAngstrom: number
  /** Indices from 0. */
  readonly sites: readonly [number, number]
}

export interface StructureInfo {
  readonly formula: string
  /** `Li2MnO3` for Li8Mn4O12. */
  readonly reducedFormula: string
  readonly atoms: number
  readonly cell: CellParameters
  readonly volumeAngstrom3: number
  readonly densityGramPerCm3: number
  /** Absent when the cell allows no analysis; a warning says why. */
  readonly spaceGroup?: { readonly number: number; readonly symbol: string; readonly hallNumber: number }
  readonly orbits: readonly OrbitInfo[]
  /** Shortest distance of each pair of elements, shortest first. */
  readonly shortestDistances: readonly PairDistance[]
  readonly oxidationStates: OxidationStateGuess
  /** What an expert would stop at, one sentence each. */
  readonly warnings: readonly string[]
}

/** 1 u/Å³ in g/cm³ (CODATA 2022). */
const gramPerCm3 = 1.66053906892

/**
 * What a person wants to know about a crystal before using it.
 *
 * Never throws for a bad structure: what cannot be computed is left out and said in `warnings`.
 */
export function structureInfo(structure: Structure, options: SymmetryOptions = {}): StructureInfo {
  const volume = signedVolumeAngstrom3(structure.lattice)
  const fatal = fatalWarnings(structure, volume)
  const distances = fatal.length > 0 ? [] : shortestDistances(structure)
  const symmetry = fatal.length > 0 ? undefined : analyseSymmetry(structure, options)
  return {
    formula: formula(structure),
    reducedFormula: reducedFormula(structure),
    atoms: structure.sites.length,
    cell: cellParameters(structure.lattice),
    volumeAngstrom3: Math.abs(volume),
    densityGramPerCm3: (gramPerCm3 * massU(structure)) / Math.abs(volume),
    ...(symmetry && { spaceGroup: groupOf(symmetry) }),
    orbits: symmetry === undefined ? [] : orbitInfos(structure, symmetry),
    shortestDistances: distances,
    oxidationStates: fatal.length > 0 ? { reason: 'the structure is not usable' } : guessOxidationStates(structure),
    warnings: [...fatal, ...(volume < 0 ? [leftHanded] : []), ...distances.flatMap(overlapWarning)],
  }
}

/** Counts divided by their greatest common divisor, in order of first appearance. */
export function reducedFormula(structure: Structure): string {
  const counts = [...composition(structure)]
  const common = counts.reduce((divisor, [, n]) => greatestCommon(divisor, n), 0)
  return counts.map(([element, n]) => element + (n === common ? '' : n / common)).join('')
}

const leftHanded = 'the cell is left-handed (a · (b × c) < 0); VASP accepts it, but triple products such as chirality change sign'

function fatalWarnings(structure: Structure, volume: number): readonly string[] {
  const bad = structure.sites.findIndex((site) => !site.fractional.every(Number.isFinite))
  const edges = structure.lattice.map((row) => Math.hypot(...row)).reduce((product, x) => product * x, 1)
  return [
    ...(structure.sites.length === 0 ? ['there are no atoms'] : []),
    ...(bad >= 0 ? [`the position of atom ${bad + 1} (${structure.sites[bad]?.element}) is not a number`] : []),
    ...(Math.abs(volume) > 1e-6 * edges ? [] : ['the cell has no volume: its vectors lie in one plane']),
  ]
}

function shortestDistances(structure: Structure): readonly PairDistance[] {
  const shortest = new Map<string, PairDistance>()
  neighboursWithin(structure, 4).forEach((list, i) => {
    for (const { index: j, distanceAngstrom } of list) {
      const elements = [structure.sites[i]?.element ?? '', structure.sites[j]?.element ?? ''].sort() as [string, string]
      const known = shortest.get(elements.join('-'))
      if (known !== undefined && known.distanceAngstrom <= distanceAngstrom + 1e-9) continue
      shortest.set(elements.join('-'), { elements, distanceAngstrom, sites: [i, j] })
    }
  })
  return [...shortest.values()].sort((a, b) => a.distanceAngstrom - b.distanceAngstrom)
}

function overlapWarning({ elements: [a, b], distanceAngstrom, sites: [i, j] }: PairDistance): readonly string[] {
  const radii = (elementData[a]?.covalentRadiusAngstrom ?? 1) + (elementData[b]?.covalentRadiusAngstrom ?? 1)
  if (distanceAngstrom > 0.6 * radii) return []
  return [`atoms ${i + 1} and ${j + 1} (${a}–${b}) are only ${distanceAngstrom.toFixed(3)} Å apart: they overlap`]
}

function orbitInfos(structure: Structure, symmetry: Symmetry): readonly OrbitInfo[] {
  return orbitsOf(symmetry).map((sites) => ({
    element: structure.sites[sites[0] ?? -1]?.element ?? '',
    wyckoff: wyckoffName(symmetry, sites[0] ?? -1),
    siteSymmetry: symmetry.siteSymmetries[sites[0] ?? -1] ?? '',
    sites,
  }))
}

function groupOf(symmetry: Symmetry): { number: number; symbol: string; hallNumber: number } {
  return { number: symmetry.spaceGroupNumber, symbol: symmetry.internationalSymbol, hallNumber: symmetry.hallNumber }
}

function massU(structure: Structure): number {
  return structure.sites.reduce((sum, site) => sum + (elementData[site.element]?.massU ?? 0), 0)
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b)
}
