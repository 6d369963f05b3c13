import type { Structure } from '../structure.ts'
import { composition } from '../structure.ts'
import { cifAtoms, hasAtoms, type CifAtom } from './cif-atoms.ts'
import { cifCell, type CifCell } from './cif-cell.ts'
import { cifBlocks, cifItem, type CifBlock } from './cif-document.ts'
import { cifFormula } from './cif-elements.ts'
import { CifIncompleteError, CifMissingHydrogenError } from './cif-errors.ts'
import { cifNumber } from './cif-number.ts'
import { cifSpaceGroupName, cifSymmetryChoices } from './cif-operators.ts'
import { cifSites, type CifSites } from './cif-orbits.ts'

/** A crystal from a CIF, with all atoms of the cell that the file describes. */
export interface CifCrystal {
  readonly structure: Structure
  readonly dataBlock: string
  /** As the file writes it. */
  readonly spaceGroupSymbol?: string
  /** What was left out, chosen or found odd; one sentence each. */
  readonly warnings: readonly string[]
}

export interface ReadCifOptions {
  /** Name of the data block; default: the first one that has atoms. */
  readonly block?: string
}

/**
 * Reads one crystal from a CIF.
 *
 * @throws CifSyntaxError, CifIncompleteError, CifDisorderedError or CifMissingHydrogenError
 * @throws SymmetryEngineMissingError when a group is given by name only and the engine is not loaded
 * @source CIF core dictionary, International Tables for Crystallography G (2005)
 */
export function readCif(text: string, options: ReadCifOptions = {}): CifCrystal {
  const { block, warnings } = chooseBlock(cifBlocks(text), options.block)
  const cell = cifCell(block)
  const formulaText = cifItem(block, '_chemical_formula_sum')
  const formula = cifFormula(formulaText)
  const { atoms, warnings: atomWarnings } = cifAtoms(block, new Set(formula?.keys()))
  const { sites, warnings: siteWarnings, origin } = chooseSymmetry(block, cell, atoms, formula)
  const spaceGroupSymbol = cifSpaceGroupName(block)
  const structure: Structure = { comment: comment(block, formulaText), lattice: cell.lattice, sites }
  return {
    structure,
    dataBlock: block.name,
    ...(spaceGroupSymbol && { spaceGroupSymbol }),
    warnings: [
      ...warnings,
      ...atomWarnings,
      ...origin,
      ...siteWarnings,
      ...formulaWarnings(block, structure, formula, formulaText),
    ],
  }
}

function chooseBlock(blocks: readonly CifBlock[], name: string | undefined): { block: CifBlock; warnings: string[] } {
  const crystals = blocks.filter(hasAtoms)
  const names = crystals.map((block) => block.name).join(', ')
  const block = name === undefined ? crystals[0] : blocks.find((candidate) => candidate.name === name)
  if (block !== undefined && hasAtoms(block)) {
    const several = name === undefined && crystals.length > 1
    return { block, warnings: several ? [`block "${block.name}" was taken; others with atoms are in: ${names}`] : [] }
  }
  const what = name === undefined ? 'no data block has atom positions' : `block "${name}" has no atom positions`
  throw new CifIncompleteError(what, crystals.length > 0 ? `Choose one of: ${names}.` : 'Use a CIF with an _atom_site list.')
}

// A name such as "F d -3 m" leaves the origin open; the formula usually tells which one was meant.
function chooseSymmetry(block: CifBlock, cell: CifCell, atoms: readonly CifAtom[], formula: Formula | undefined) {
  const choices = cifSymmetryChoices(block, cell.parameters)
  let first: (CifSites & { origin: string[] }) | undefined
  for (const choice of choices) {
    const origin = choices.length > 1 ? [`symmetry taken from the name: ${choice.origin}`] : []
    const made = { ...cifSites(atoms, choice.operations, cell.lattice), origin }
    if (formula === undefined || choices.length === 1 || proportional(made.sites, formula)) return made
    first ??= made
  }
  if (first === undefined) throw new CifIncompleteError('no usable symmetry', 'Add the list of symmetry operators.')
  return first
}

type Formula = ReadonlyMap<string, number>

function proportional(sites: Structure['sites'], formula: Formula): boolean {
  const counts = composition({ comment: '', lattice: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], sites })
  const [element = '', one = 1] = [...formula][0] ?? []
  const units = (counts.get(element) ?? 0) / one
  return counts.size === formula.size && [...formula].every(([key, n]) => Math.abs((counts.get(key) ?? 0) - n * units) < 1e-6)
}

function formulaWarnings(block: CifBlock, structure: Structure, formula: Formula | undefined, text = ''): string[] {
  if (formula === undefined) return []
  const counts = composition(structure)
  const units = formulaUnits(block, counts, formula)
  const hydrogen = (formula.get('H') ?? 0) * units
  const foundHydrogen = counts.get('H') ?? 0
  if (hydrogen - foundHydrogen > 0.5) throw new CifMissingHydrogenError(text, Math.round(hydrogen), foundHydrogen)
  const different = [...formula].filter(([element, n]) => Math.abs((counts.get(element) ?? 0) - n * units) > 0.02 * n * units)
  const extra = [...counts.keys()].filter((element) => !formula.has(element))
  if (different.length === 0 && extra.length === 0) return []
  const found = [...counts].map(([element, n]) => `${element}${n}`).join(' ')
  return [`the formula "${text.trim()}" with Z = ${units} does not agree with the atoms of the cell, ${found}`]
}

// Z as given if some element agrees with it; otherwise the number that most elements ask for.
function formulaUnits(block: CifBlock, counts: Formula, formula: Formula): number {
  const ratios = [...formula].filter(([element]) => element !== 'H').map(([element, n]) => (counts.get(element) ?? 0) / n)
  const given = cifNumber(cifItem(block, '_cell_formula_units_z'))?.value
  if (given !== undefined && ratios.some((ratio) => Math.abs(ratio - given) < 1e-3)) return given
  const votes = (ratio: number) => ratios.filter((other) => Math.abs(other - ratio) < 1e-3).length
  return [...ratios].sort((a, b) => votes(b) - votes(a))[0] ?? given ?? 1
}

function comment(block: CifBlock, formula: string | undefined): string {
  const name = cifItem(block, '_chemical_formula_structural', '_chemical_name_common') ?? formula ?? block.name
  return (name || block.name).slice(0, 200).replace(/\s+/g, ' ').trim()
}
