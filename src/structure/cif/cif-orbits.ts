import { matrixTimesColumn } from '../../base/matrix.ts'
import { add, scale, subtract, type Vector3 } from '../../base/vector.ts'
import { toCartesian, wrapDifference, wrapFractional, type Lattice } from '../lattice.ts'
import type { Site } from '../structure.ts'
import type { SymmetryOperation } from '../symmetry.ts'
import { refuseTooMany, type CifAtom } from './cif-atoms.ts'
import { CifDisorderedError } from './cif-errors.ts'
import { pointIndex } from '../point-index.ts'

/** Images of an atom closer than this are one atom; real ones are at least 0.7 Å apart. */
const sameAtomAngstrom = 0.05

export interface CifSites {
  readonly sites: readonly Site[]
  readonly warnings: readonly string[]
}

/**
 * All atoms of the cell from the listed ones.
 *
 * Each listed atom is first moved onto its special position (the mean of its images that lie within 0.05 Å of it), so
 * that its orbit has exactly operations / stabiliser members, however the coordinates were rounded.
 *
 * @throws CifDisorderedError when two elements share a position
 */
export function cifSites(atoms: readonly CifAtom[], operations: readonly SymmetryOperation[], lattice: Lattice): CifSites {
  const sites: Site[] = []
  const leftOut: string[] = []
  const owners: string[] = []
  const placed = pointIndex(lattice, sameAtomAngstrom)
  for (const atom of atoms) {
    const special = ontoSpecialPosition(atom.fractional, operations, lattice)
    const owner = placed.find(special)
    if (owner !== undefined) {
      leftOut.push(repeated(atom, owners[owner] ?? '', sites[owner]))
      continue
    }
    for (const fractional of images(special, operations, lattice)) {
      placed.add(fractional, sites.length)
      sites.push(siteOf(atom, fractional))
      owners.push(atom.label)
    }
    refuseTooMany(sites.length)
  }
  return { sites, warnings: summary(leftOut) }
}

// Some databases list the whole molecule or cell besides the operators: one sentence for all of it.
function summary(leftOut: readonly string[]): readonly string[] {
  if (leftOut.length <= 3) return leftOut
  return [`${leftOut.length} listed atoms left out: symmetry already puts them there (${leftOut[0]} …)`]
}

function siteOf(atom: CifAtom, fractional: Vector3): Site {
  const { element, oxidationState } = atom.species
  return { element, fractional, ...(oxidationState !== undefined && { oxidationState }) }
}

function repeated(atom: CifAtom, label: string, site: Site | undefined): string {
  if (site?.element !== atom.species.element) throw new CifDisorderedError([`${label} and ${atom.label} at one position`])
  return `${atom.label} left out: symmetry puts it where ${label} is`
}

function ontoSpecialPosition(start: Vector3, operations: readonly SymmetryOperation[], lattice: Lattice): Vector3 {
  let sum: Vector3 = [0, 0, 0]
  let count = 0
  for (const operation of operations) {
    const shift = wrapDifference(subtract(apply(operation, start), start))
    if (lengthAngstrom(lattice, shift) > sameAtomAngstrom) continue
    sum = add(sum, shift)
    count += 1
  }
  return count === 0 ? start : add(start, scale(sum, 1 / count))
}

function images(start: Vector3, operations: readonly SymmetryOperation[], lattice: Lattice): readonly Vector3[] {
  const found = pointIndex(lattice, sameAtomAngstrom)
  const orbit: Vector3[] = []
  for (const operation of operations) {
    const image = tidy(wrapFractional(apply(operation, start)))
    if (found.find(image) !== undefined) continue
    found.add(image, orbit.length)
    orbit.push(image)
  }
  return orbit
}

function apply({ rotation, translation }: SymmetryOperation, x: Vector3): Vector3 {
  return add(matrixTimesColumn(rotation, x), translation)
}

// Sums such as 1/3 + 2/3 leave 0.9999999999999999 behind, which would be printed.
function tidy(v: Vector3): Vector3 {
  const exact = (x: number) => {
    const twelfth = Math.round(x * 12) / 12
    return Math.abs(x - twelfth) < 1e-9 ? (twelfth === 1 ? 0 : twelfth) : x
  }
  return [exact(v[0]), exact(v[1]), exact(v[2])]
}

function lengthAngstrom(lattice: Lattice, fractional: Vector3): number {
  return Math.hypot(...toCartesian(lattice, fractional))
}
