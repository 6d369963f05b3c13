import { matrixTimesColumn, type Matrix3 } from '../../base/matrix.ts'
import type { Vector3 } from '../../base/vector.ts'
import { toFractional } from '../lattice.ts'
import { withSites, type Site, type Structure } from '../structure.ts'

/** Moves one ion by a Cartesian vector in Å; frozen coordinates stay. */
export function displace(structure: Structure, index: number, vectorAngstrom: Vector3): Structure {
  return withSites(
    structure,
    structure.sites.map((site, i) => (i === index ? displacedSite(structure, site, vectorAngstrom) : site)),
  )
}

/** A displacement seen from the other face: see `FacePartner.rotation`. */
export function turnedDisplacement(rotation: Matrix3, vectorAngstrom: Vector3): Vector3 {
  return matrixTimesColumn(rotation, vectorAngstrom)
}

/** One site moved by a Cartesian vector in Å, along its free coordinates only. */
export function displacedSite(structure: Structure, site: Site, vectorAngstrom: Vector3): Site {
  const step = toFractional(structure.lattice, vectorAngstrom)
  const free = site.mobile ?? [true, true, true]
  const fractional: Vector3 = [
    site.fractional[0] + (free[0] ? step[0] : 0),
    site.fractional[1] + (free[1] ? step[1] : 0),
    site.fractional[2] + (free[2] ? step[2] : 0),
  ]
  return { ...site, fractional }
}
