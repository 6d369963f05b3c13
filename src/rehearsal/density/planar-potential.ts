import { norm } from '../../base/vector.ts'
import { volumeAngstrom3 } from '../../structure/lattice.ts'
import type { DensityGrid } from '../../structure/density-grid.ts'

/** e²/(4πε0). */
const coulombEvAngstrom = 14.3996
const ionWidthAngstrom = 0.4
/** Points in a plane of the file; the potential depends on z alone. */
const inPlane = 2

/**
 * Electrostatic potential energy of an electron between the placeholder's electrons and its ions, averaged over planes, by
 * Poisson's equation along c: V(G) = 4π e² (n_electrons − n_ions)(G) / G², with V(0) = 0.
 *
 * @param valence density times volume, in e
 * @param charges ZVAL of every ion, [ion]; spread over 0.4 Å
 * @returns a grid of 2 × 2 points in every plane, in eV
 */
export function planarPotentialGrid(valence: DensityGrid, charges: readonly number[]): DensityGrid {
  const nz = valence.shape[2]
  const { lattice } = valence.structure
  const excess = planarElectrons(valence)
  const height = volumeAngstrom3(lattice) / area(lattice)
  valence.structure.sites.forEach(({ fractional }, ion) => addIon(excess, fractional[2], height, -(charges[ion] ?? 0)))
  const profile = solved(excess, height, volumeAngstrom3(lattice))
  const values = new Float64Array(inPlane * inPlane * nz)
  for (let z = 0; z < nz; z++) values.fill(profile[z]!, z * inPlane * inPlane, (z + 1) * inPlane * inPlane)
  return { structure: valence.structure, shape: [inPlane, inPlane, nz], values }
}

function area(lattice: DensityGrid['structure']['lattice']): number {
  const [[ax, ay, az], [bx, by, bz]] = lattice
  return norm([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx])
}

/** [plane] electrons of the plane, times the number of planes. */
function planarElectrons({ shape: [nx, ny, nz], values }: DensityGrid): Float64Array {
  const planes = new Float64Array(nz)
  for (let i = 0; i < values.length; i++) planes[Math.floor(i / (nx * ny))]! += values[i]! / (nx * ny)
  return planes
}

function addIon(planes: Float64Array, place: number, height: number, charge: number): void {
  const weights = planes.map((_, z) => {
    const distance = z / planes.length - place
    return Math.exp(-((((distance - Math.round(distance)) * height) / ionWidthAngstrom) ** 2))
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  weights.forEach((weight, z) => (planes[z]! += (charge * planes.length * weight) / sum))
}

function solved(excess: Float64Array, height: number, volume: number): Float64Array {
  const count = excess.length
  const profile = new Float64Array(count)
  for (let k = 1; k <= count / 2; k++) {
    let [cosine, sine] = [0, 0]
    for (let z = 0; z < count; z++) {
      const phase = (2 * Math.PI * k * z) / count
      cosine += excess[z]! * Math.cos(phase)
      sine += excess[z]! * Math.sin(phase)
    }
    const factor = (4 * Math.PI * coulombEvAngstrom) / ((2 * Math.PI * k) / height) ** 2 / volume / count
    const twice = 2 * k === count ? 1 : 2
    for (let z = 0; z < count; z++) {
      const phase = (2 * Math.PI * k * z) / count
      profile[z]! += twice * factor * (cosine * Math.cos(phase) + sine * Math.sin(phase))
    }
  }
  return profile
}
