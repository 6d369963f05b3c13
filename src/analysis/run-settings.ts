import { norm } from '../base/vector.ts'
import { reciprocalLattice, type Lattice } from '../structure/lattice.ts'

/** What decides whether two total energies may stand in one formula. */
export interface RunSettings {
  /** Kind of step, `relax` or `static`: energies of different steps never mix. */
  readonly step: string
  /** Exchange-correlation with van der Waals, as the OUTCAR says it: `PBE`, `optB86b-vdW`. */
  readonly functional: string
  /** U − J in eV by element; elements without U are left out or 0. */
  readonly hubbardUEv: Readonly<Record<string, number>>
  /** TITEL of the potential by element. */
  readonly potentials: Readonly<Record<string, string>>
  readonly ENCUT: number
  readonly PREC: string
  readonly LASPH: boolean
  readonly LREAL: string
  readonly ISMEAR: number
  readonly SIGMA: number
  readonly kMesh: readonly [number, number, number]
  readonly lattice: Lattice
  /** Metal and molecule references may have their own smearing. */
  readonly isReference?: boolean
  /** `dft` or `rehearsal`: never in one formula either. */
  readonly method: string
}

/** What differs between two runs so that their energies must not be compared; empty when nothing does. */
export function incomparableSettings(one: RunSettings, other: RunSettings): readonly string[] {
  const plain = (['method', 'step', 'functional', 'ENCUT', 'PREC', 'LASPH', 'LREAL'] as const).flatMap(
    (key) => (one[key] === other[key] ? [] : [`${key}: ${one[key]} and ${other[key]}`]),
  )
  return [...plain, ...perElement(one, other), ...meshes(one, other), ...smearing(one, other)]
}

function perElement(one: RunSettings, other: RunSettings): string[] {
  const shared = Object.keys(one.potentials).filter((element) => element in other.potentials)
  return shared.flatMap((element) => {
    const [u, v] = [one.hubbardUEv[element] ?? 0, other.hubbardUEv[element] ?? 0]
    const [p, q] = [one.potentials[element], other.potentials[element]]
    return [
      ...(Math.abs(u - v) > 1e-6 ? [`U of ${element}: ${u} and ${v} eV`] : []),
      ...(p === q ? [] : [`potential of ${element}: ${p} and ${q}`]),
    ]
  })
}

function smearing(one: RunSettings, other: RunSettings): string[] {
  if (one.isReference === true || other.isReference === true) return []
  const same = one.ISMEAR === other.ISMEAR && one.SIGMA === other.SIGMA
  return same ? [] : [`smearing: ${one.ISMEAR}, ${one.SIGMA} eV and ${other.ISMEAR}, ${other.SIGMA} eV`]
}

function meshes(one: RunSettings, other: RunSettings): string[] {
  // Zeros stand for a mesh that no file tells.
  if (one !== other && [one, other].some(({ kMesh }) => kMesh.includes(0))) return ['k-mesh: not known']
  const words = `k-mesh: ${one.kMesh.join('×')} and ${other.kMesh.join('×')}`
  if (isSameCell(one.lattice, other.lattice))
    return one.kMesh.every((n, i) => n === other.kMesh[i]) ? [] : [words]
  const [low, high] = spacingRange([one, other])
  return low <= high * (1 + 1e-9) ? [] : [`${words}, which are of different density`]
}

function isSameCell(one: Lattice, other: Lattice): boolean {
  return one.flat().every((value, n) => Math.abs(value - (other.flat()[n] ?? 0)) < 1e-4)
}

// Longer than this with one k-point is vacuum or a molecule's box, where the mesh says nothing about density.
const vacuumAngstrom = 15

/**
 * Meshes are equally dense when one spacing σ gives them all by N = ceil(b/σ), b without 2π: σ from b/N to b/(N − 1).
 * Returns the highest lower and the lowest upper end in Å⁻¹.
 */
function spacingRange(runs: readonly RunSettings[]): [number, number] {
  const ranges = runs.flatMap(({ lattice, kMesh }) =>
    reciprocalLattice(lattice).flatMap((row, axis): (readonly [number, number])[] => {
      const [length, points] = [norm(row), kMesh[axis] ?? 1]
      if (points === 1 && 1 / length > vacuumAngstrom) return []
      return [[length / points, points === 1 ? Infinity : length / (points - 1)]]
    }),
  )
  return [Math.max(0, ...ranges.map(([low]) => low)), Math.min(Infinity, ...ranges.map(([, high]) => high))]
}
