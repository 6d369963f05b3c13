import { KnownError } from '../../base/known-error.ts'
import { norm, type Vector3 } from '../../base/vector.ts'
import { reciprocalLattice, volumeAngstrom3, type Lattice } from '../../structure/lattice.ts'

export type Axis = 'a' | 'b' | 'c'
export const axes: readonly Axis[] = ['a', 'b', 'c']
type VacuumAxis = Axis | readonly Axis[]

/** How a spacing is turned into a mesh; every choice is named because papers leave them open. */
export interface KSpacingSettings {
  /** Distance of neighbouring k-points along each reciprocal axis, in `unit`. */
  readonly spacing: number
  /** `2pi/A`: spacing times 2π Å⁻¹ (VASPKIT, CASTEP). `1/A`: in Å⁻¹ with 2π inside, VASP's KSPACING. */
  readonly unit: '2pi/A' | '1/A'
  /** `ceil` never lets the real spacing exceed the wanted one. */
  readonly rounding: 'ceil' | 'round'
  /** One point along this axis (or these, for a molecule in a box), whatever the spacing says. */
  readonly vacuumAxis?: VacuumAxis
}

/** A Γ-centred mesh and what it means for the cell it was made for. */
export interface KMesh {
  readonly mesh: readonly [number, number, number]
  /** 2π·bᵢ/Nᵢ in Å⁻¹, 2π included as in KSPACING. */
  readonly realSpacingInverseAngstrom: Vector3
  /** The KSPACING tag with the same reading of the spacing. */
  readonly equivalentKspacing: number
  readonly warnings: readonly string[]
}

export class KMeshError extends KnownError {
  readonly code = 'K_MESH'
  readonly remedy =
    'Give a positive spacing (0.04 in 2pi/A suits oxides) or a mesh of positive whole numbers.'
  constructor(problem: string) {
    super(problem)
  }
}

/**
 * Nᵢ = max(1, ceil(bᵢ/s)) with bᵢ = |aᵢ*| without 2π and s the spacing in 2π Å⁻¹; `round` takes the nearest number.
 *
 * @throws KMeshError for a spacing that is not a positive number
 * @source https://vasp.at/wiki/KSPACING for unit `1/A`; VASPKIT task 102 for unit `2pi/A`
 */
export function meshFromSpacing(settings: KSpacingSettings & { readonly lattice: Lattice }): KMesh {
  const { lattice, spacing, unit, vacuumAxis } = settings
  if (!(spacing > 0 && Number.isFinite(spacing)))
    throw new KMeshError(`A k-point spacing of ${spacing} gives no mesh.`)
  const wanted = unit === '2pi/A' ? spacing : spacing / (2 * Math.PI)
  const lengths = reciprocalLattice(lattice).map(norm)
  const counts = lengths.map((length, axis) =>
    isVacuum(axes[axis], vacuumAxis) ? 1 : pointsAlong(length / wanted, settings.rounding),
  )
  const mesh = [counts[0] ?? 1, counts[1] ?? 1, counts[2] ?? 1] as const
  return { ...describeMesh(mesh, lattice, vacuumAxis), equivalentKspacing: 2 * Math.PI * wanted }
}

/**
 * A mesh with about the same number of k-points per reciprocal atom in every cell: N1·N2·N3·atoms ≈ density, the points along
 * an axis in proportion to its reciprocal length.
 *
 * Nᵢ = max(1, ceil(bᵢ/s)) with the spacing s (without 2π) for which Π(bᵢ/s) = density/atoms over the axes without vacuum.
 *
 * @throws KMeshError for a density that is not a positive number
 */
export function meshFromDensity(request: {
  readonly lattice: Lattice
  readonly atomCount: number
  readonly pointsPerReciprocalAtom: number
  readonly vacuumAxis?: VacuumAxis
}): KMesh {
  const { lattice, atomCount, pointsPerReciprocalAtom: density, vacuumAxis } = request
  if (!(density > 0 && Number.isFinite(density))) throw new KMeshError(`A k-point density of ${density} gives no mesh.`)
  const skipped = [vacuumAxis ?? []].flat().map((axis) => axes.indexOf(axis))
  const lengths = reciprocalLattice(lattice).map(norm).filter((_, axis) => !skipped.includes(axis))
  const product = lengths.reduce((all, length) => all * length, 1)
  const spacing = (product / (density / atomCount)) ** (1 / Math.max(1, lengths.length))
  return meshFromSpacing({
    lattice,
    spacing,
    unit: '2pi/A',
    rounding: 'ceil',
    ...(vacuumAxis === undefined ? {} : { vacuumAxis }),
  })
}

/** An explicit mesh, checked and described. */
export function explicitMesh(mesh: readonly number[], lattice: Lattice, vacuumAxis?: VacuumAxis): KMesh {
  const [a, b, c] = mesh
  const described = describeMesh([a ?? 0, b ?? 0, c ?? 0], lattice, vacuumAxis)
  return { ...described, equivalentKspacing: Math.max(...described.realSpacingInverseAngstrom) }
}

export function meshPointCount(mesh: readonly [number, number, number]): number {
  return mesh[0] * mesh[1] * mesh[2]
}

/** @throws KMeshError unless all three numbers are positive and whole */
export function checkedMesh(mesh: readonly [number, number, number]): readonly [number, number, number] {
  if (mesh.every((count) => Number.isInteger(count) && count > 0)) return mesh
  throw new KMeshError(`A k-point mesh of ${mesh.join(' × ')} is empty.`)
}

// A ratio that is whole but for rounding must not gain a point: 0.12/0.04 is 3.0000000000000004 in floating point.
function pointsAlong(ratio: number, rounding: 'ceil' | 'round'): number {
  return Math.max(1, rounding === 'ceil' ? Math.ceil(ratio - 1e-6) : Math.round(ratio))
}

function describeMesh(
  mesh: readonly [number, number, number],
  lattice: Lattice,
  vacuumAxis: VacuumAxis | undefined,
) {
  checkedMesh(mesh)
  const [a, b, c] = reciprocalLattice(lattice)
  const real = (star: Vector3, count: number): number => (2 * Math.PI * norm(star)) / count
  const realSpacingInverseAngstrom: Vector3 = [real(a, mesh[0]), real(b, mesh[1]), real(c, mesh[2])]
  return {
    mesh,
    realSpacingInverseAngstrom,
    warnings: warningsOf(mesh, realSpacingInverseAngstrom, lattice, vacuumAxis),
  }
}

// Points × volume is 1/s³: 15 600 Å³ for 2π × 0.04, 125 000 for the 2π × 0.02 of careful metals. The reading of 0.04 as a
// KSPACING gives 3 900 000.
const mostPointsTimesVolumeAngstrom3 = 200_000
const coarsestInverseAngstrom = 2 * Math.PI * 0.08

function warningsOf(
  mesh: readonly [number, number, number],
  real: Vector3,
  lattice: Lattice,
  vacuumAxis: VacuumAxis | undefined,
) {
  const warnings: string[] = []
  const effort = meshPointCount(mesh) * volumeAngstrom3(lattice)
  if (effort > mostPointsTimesVolumeAngstrom3 && meshPointCount(mesh) > 1) {
    warnings.push(
      `${mesh.join('×')} is ${meshPointCount(mesh)} k-points before symmetry, unusually many for this cell: ` +
        'check whether the spacing was meant in units of 2π/Å.',
    )
  }
  for (const [index, axis] of axes.entries()) {
    const spacing = real[index] ?? 0
    if (!isVacuum(axis, vacuumAxis) && spacing > coarsestInverseAngstrom) {
      warnings.push(
        `Along ${axis} the k-points are ${spacing.toFixed(2)} Å⁻¹ apart, which is coarse for an oxide.`,
      )
    }
  }
  return warnings
}

function isVacuum(axis: Axis | undefined, vacuumAxis: VacuumAxis | undefined): boolean {
  return axis !== undefined && [vacuumAxis].flat().includes(axis)
}
