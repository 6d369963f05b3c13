import { volumeAngstrom3 } from '../structure/lattice.ts'
import { pointCount, type DensityGrid } from '../structure/density-grid.ts'
import type { Structure } from '../structure/structure.ts'
import { labelsWithVacuum, vacuumLabel, type Basins } from './basins.ts'
import { integratedBasins, type BaderMethod, type IntegratedBasins } from './basin-integrals.ts'
import { EmptyDensityError, GridMismatchError } from './errors.ts'
import { nearestAtom } from './nearest-atom.ts'
import { surfaceDistancesAngstrom } from './surface-distance.ts'
import { fractionalOf, voxelMesh, type VoxelMesh } from './voxel-mesh.ts'

/** The vacuum density that the Fortran program takes for `-vac auto`, in e/Å³. Slabs need it. */
export const usualVacuumDensity = 1e-3

export interface PartitionRequest {
  /** The density whose maxima and gradient define the basins: AECCAR0 + AECCAR2, or CHGCAR itself for want of them. */
  readonly reference: DensityGrid
  /** The density that is integrated: the valence charge of CHGCAR. */
  readonly charge: DensityGrid
  /** Up minus down, the second block of a spin-polarised CHGCAR. */
  readonly spin?: DensityGrid
  /** Default `near-grid`. */
  readonly method?: BaderMethod
  /** In e/Å³: points of the reference at or below it belong to no atom. Default none, as in the Fortran program. */
  readonly vacuumDensity?: number
}

export interface BaderAtom {
  /** Population in e; the net charge is ZVAL − electrons. */
  readonly electrons: number
  /** From the atom to the nearest point of its region's surface; 0 when it has none. */
  readonly minDistanceAngstrom: number
  readonly volumeAngstrom3: number
  readonly momentMuB?: number
}

export interface BaderResult {
  readonly method: BaderMethod
  /** POSCAR order. */
  readonly atoms: readonly BaderAtom[]
  readonly vacuumElectrons: number
  readonly vacuumVolumeAngstrom3: number
  /** Atoms and vacuum together: the integral of `charge`. */
  readonly electronCount: number
  readonly maximaCount: number
  /** The farthest that a maximum lies from the atom it was given to, in Å: large where basins have no atom of their own. */
  readonly farthestMaximumAngstrom: number
}

/**
 * Electrons of each atom: the charge integrated over the basins of the reference density's maxima, each maximum given to the
 * nearest atom.
 *
 * @throws GridMismatchError when the grids differ in shape
 * @throws EmptyDensityError when there is no atom, no point, or no maximum above the vacuum density
 */
export function partition(request: PartitionRequest): BaderResult {
  const { reference, charge, spin, method = 'near-grid', vacuumDensity } = request
  checkShapes(reference, { charge, ...(spin === undefined ? {} : { spin }) })
  const { structure } = charge
  if (structure.sites.length === 0) throw new EmptyDensityError('the file lists no atoms')
  const mesh = voxelMesh(structure.lattice, reference.shape)
  const labels = labelsWithVacuum(reference.values, volumeAngstrom3(structure.lattice), vacuumDensity)
  const vacuum = vacuumTotals(labels, charge.values)
  const fields = [charge.values, ...(spin === undefined ? [] : [spin.values])]
  const basins = integratedBasins(method, mesh, reference.values, labels, fields)
  if (basins.maxima.length === 0) throw new EmptyDensityError('every point is below the vacuum density')
  const owners = ownersOf(basins, mesh, structure)
  return {
    method,
    atoms: atomsOf(basins, owners, mesh, structure, spin !== undefined),
    vacuumElectrons: vacuum.sum / mesh.count,
    vacuumVolumeAngstrom3: vacuum.points * mesh.voxelVolumeAngstrom3,
    electronCount: charge.values.reduce((sum, value) => sum + value, 0) / mesh.count,
    maximaCount: basins.maxima.length,
    farthestMaximumAngstrom: owners.distances.reduce((a, b) => Math.max(a, b), 0),
  }
}

interface Owners {
  /** Atom index of each basin. */
  readonly atoms: readonly number[]
  readonly distances: readonly number[]
}

function ownersOf(basins: Basins, mesh: VoxelMesh, structure: Structure): Owners {
  const nearest = nearestAtom(structure)
  const found = basins.maxima.map((index) => nearest(fractionalOf(mesh, index)))
  return {
    atoms: found.map((atom) => atom.index),
    distances: found.map((atom) => atom.distanceAngstrom),
  }
}

function atomsOf(
  basins: IntegratedBasins,
  owners: Owners,
  mesh: VoxelMesh,
  structure: Structure,
  hasSpin: boolean,
): BaderAtom[] {
  const totals = basins.sums.map((sums) => sumByAtom(sums, owners.atoms, structure.sites.length))
  const [charge, ...rest] = totals
  const points = rest.at(-1)
  const distances = surfaceDistancesAngstrom(mesh, pointOwners(basins, owners), structure)
  return structure.sites.map((_, atom) => ({
    electrons: (charge?.[atom] ?? 0) / mesh.count,
    minDistanceAngstrom: distances[atom] ?? 0,
    volumeAngstrom3: (points?.[atom] ?? 0) * mesh.voxelVolumeAngstrom3,
    ...(hasSpin ? { momentMuB: (rest[0]?.[atom] ?? 0) / mesh.count } : {}),
  }))
}

function sumByAtom(sums: Float64Array, atoms: readonly number[], atomCount: number): number[] {
  const totals = Array.from({ length: atomCount }, () => 0)
  sums.forEach((value, basin) => (totals[atoms[basin]!]! += value))
  return totals
}

/** Overwrites the basin labels with atom index + 1: the labels are not needed any more, and a second array would cost 36 MB. */
function pointOwners(basins: Basins, owners: Owners): Int32Array {
  const { labels } = basins
  for (let index = 0; index < labels.length; index++) {
    if (labels[index] !== vacuumLabel) labels[index] = owners.atoms[labels[index]! - 1]! + 1
  }
  return labels
}

function vacuumTotals(labels: Int32Array, charge: Float64Array): { sum: number; points: number } {
  let [sum, points] = [0, 0]
  for (let index = 0; index < labels.length; index++) {
    if (labels[index] !== vacuumLabel) continue
    sum += charge[index]!
    points++
  }
  return { sum, points }
}

function checkShapes(reference: DensityGrid, others: Readonly<Record<string, DensityGrid>>): void {
  if (pointCount(reference.shape) === 0) throw new EmptyDensityError('the grid has no points')
  const first = { name: 'the reference', shape: reference.shape }
  for (const [name, { shape }] of Object.entries(others)) {
    if (shape.some((points, axis) => points !== reference.shape[axis]))
      throw new GridMismatchError(first, { name: `the ${name}`, shape })
  }
}
