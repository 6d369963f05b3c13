import {
  cellParameters,
  isPerpendicularC,
  latticeFromParameters,
  signedVolumeAngstrom3,
  toCartesian,
  wrapCoordinate,
  type Lattice,
} from '../../structure/lattice.ts'
import { withNumberedLabels } from '../../structure/labels.ts'
import { cationAnionBonds } from '../../structure/slab/host-crystal.ts'
import { siteOrbits } from '../../structure/slab/site-orbits.ts'
import { asSlab, depthBetween, type Slab } from '../../structure/slab/slab.ts'
import { withSites, type Structure } from '../../structure/structure.ts'
import { analyseSymmetry, wyckoffName } from '../../structure/symmetry.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import { norm, cross } from '../../base/vector.ts'

/** Every site with a label of its own: those it has where all differ, else `Mn-1`, `Mn-2` … */
export function withOwnLabels(structure: Structure): Structure {
  const labels = structure.sites.map((site) => site.label)
  const distinct = labels.every((label) => label !== undefined) && new Set(labels).size === labels.length
  return distinct ? structure : withSites(structure, withNumberedLabels(structure.sites))
}

/**
 * A slab that was built elsewhere, described as if it had been cut here. Its host is not known: Wyckoff positions are
 * those of the slab's own group, orbits those of its own symmetry, layers and polarity are left open. The cell is turned
 * so that a lies along x and c along z.
 *
 * @returns undefined unless there is vacuum along c only, perpendicular to a and b
 */
export function slabOfStructure(given: Structure): Slab | undefined {
  const isSlab = vacuumAxes(given).join() === '2' && isPerpendicularC(given.lattice, 1e-4)
  if (!isSlab || signedVolumeAngstrom3(given.lattice) < 0) return undefined
  const structure = withOwnLabels(aroundMiddle({ ...given, lattice: uprightLattice(given.lattice) }))
  const symmetry = analyseSymmetry(structure)
  const operations = symmetry.operations.filter(({ rotation }) => Math.abs(rotation[2][2]) === 1)
  const heights = structure.sites.map((site) => toCartesian(structure.lattice, site.fractional)[2])
  const [low, high] = [heights.reduce((a, b) => Math.min(a, b)), heights.reduce((a, b) => Math.max(a, b))]
  const orbits = siteOrbits(structure, operations)
  const bonds = cationAnionBonds(structure)
  const [a, b, c] = structure.lattice
  const symmetricFaces = operations.some(({ rotation }) => rotation[2][2] === -1)
  return asSlab({
    structure,
    millerIndex: [0, 0, 1],
    termination: unknownTermination(symmetricFaces),
    repeats: 1,
    vacuumAngstrom: c[2] - (high - low),
    thicknessAngstrom: high - low,
    areaAngstrom2: norm(cross(a, b)),
    surfaceVectors: [[1, 0, 0], [0, 1, 0]],
    inPlaneMatrix: [[1, 0], [0, 1]],
    repeatVectorAngstrom: [0, 0, high - low],
    operations,
    sites: structure.sites.map((site, i) => ({
      label: site.label ?? '',
      element: site.element,
      hostSite: i,
      wyckoff: wyckoffName(symmetry, i),
      ...depthBetween(heights[i] ?? 0, low, high),
      orbit: orbits[i] ?? i,
      coordination: bonds[i]?.length ?? 0,
    })),
  })
}

/** a along x, c along z: the angles of c are 90° but for the digits of a file. */
function uprightLattice(lattice: Lattice): Lattice {
  return latticeFromParameters({ ...cellParameters(lattice), alphaDegrees: 90, betaDegrees: 90 })
}

/** Atoms in one piece: coordinates along c counted from the middle of the widest gap. */
function aroundMiddle(structure: Structure): Structure {
  const z = structure.sites.map((site) => wrapCoordinate(site.fractional[2])).sort((p, q) => p - q)
  const gaps = z.map((at, i) => ({ from: at, size: (z[i + 1] ?? (z[0] ?? 0) + 1) - at }))
  const widest = gaps.reduce((p, q) => (q.size > p.size ? q : p))
  const shift = widest.from + widest.size / 2
  const start = shift >= 1 ? shift - 1 : shift
  const inOnePiece = (value: number): number => start + wrapCoordinate(value - start)
  return withSites(
    structure,
    structure.sites.map((site) => {
      const [x, y, height] = site.fractional
      return { ...site, fractional: [x, y, inOnePiece(height)] as const }
    }),
  )
}

function unknownTermination(symmetricFaces: boolean): Slab['termination'] {
  return {
    name: 'as given',
    cut: 0,
    excess: 0,
    gapAngstrom: 0,
    planes: [],
    stoichiometric: true,
    symmetricFaces,
    brokenBonds: 0,
    summary: 'a slab built elsewhere',
  }
}
