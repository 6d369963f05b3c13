import type { Structure } from '../structure.ts'
import { analyseHost, type HostCrystal, type HostOptions } from './host-crystal.ts'
import { orientedRepeat, type MillerIndex, type OrientedRepeat } from './oriented-repeat.ts'
import { periodicPlanesOf, type AtomicPlane } from './planes.ts'
import { planesAboveCut, polarityOf, type PlaneSummary, type TaskerType } from './polarity.ts'
import { cutTolerance, heightMaps, sameHeight, type HeightMap } from './surface-symmetry.ts'

/** One way to cut the crystal parallel to (hkl). Slabs of whole repeats: the same cut below and above. */
export interface Termination {
  /** `T1`, `T2` …: non-polar first, then equivalent faces, fewest broken bonds, widest gap. `T2s`: see `excess`. */
  readonly name: string
  /** Height of the lower cut in repeats, in [0, 1). */
  readonly cut: number
  /** What a slab of n repeats is higher than n, in repeats: 0 for stoichiometric slabs. */
  readonly excess: number
  /** Distance in Å between the planes on both sides of the cut. */
  readonly gapAngstrom: number
  /** Planes of one repeat from the bottom face up; the last is the top face. */
  readonly planes: readonly PlaneSummary[]
  readonly stoichiometric: boolean
  /** Does a symmetry operation of the crystal turn such a slab upside down? */
  readonly symmetricFaces: boolean
  /** Cation–anion bonds cut per surface cell and face. */
  readonly brokenBonds: number
  /** Formal dipole of one repeat per surface cell, positive when positive charge is on top; undefined without states. */
  readonly dipolePerRepeatEAngstrom?: number
  readonly taskerType?: TaskerType
  /** For people: `LiMnO2 below, LiMnO2 above, Tasker II`. */
  readonly summary: string
}

export interface TerminationOptions extends HostOptions {
  /** Atoms nearer than this along the normal belong to one plane; 0.3 Å by default. */
  readonly planeToleranceAngstrom?: number
  /** Also list symmetric slabs that are off-stoichiometric (`T2s`). */
  readonly offStoichiometric?: boolean
}

/**
 * All distinct cuts of a host parallel to (hkl), in a stable order.
 *
 * @param millerIndex  in the setting of the cell as given
 * @throws MillerIndexError, EmptySlabError, OverlappingAtomsError
 */
export function slabTerminations(
  host: Structure,
  millerIndex: MillerIndex,
  options: TerminationOptions = {},
): readonly Termination[] {
  const crystal = analyseHost(host, options)
  return terminationsOf(crystal, orientedRepeat(host, millerIndex, crystal.translations), options)
}

/** The same for a host that has been analysed already. */
export function terminationsOf(
  host: HostCrystal,
  repeat: OrientedRepeat,
  options: TerminationOptions = {},
): readonly Termination[] {
  const maps = heightMaps(host, repeat)
  const gaps = gapsOf(host, repeat, maps, options.planeToleranceAngstrom ?? 0.3)
  const classes = equivalenceClasses(gaps, repeat, maps)
  const ranked = classes.map(representative).sort(compareTerminations)
  const named = ranked.map((termination, i) => ({ ...termination, name: `T${i + 1}` }))
  if (options.offStoichiometric !== true) return named
  return named.flatMap((termination) => [termination, ...symmetricVariants(repeat, termination, maps, gaps)])
}

function gapsOf(
  host: HostCrystal,
  repeat: OrientedRepeat,
  maps: readonly HeightMap[],
  toleranceAngstrom: number,
) {
  const heights = repeat.atoms.map((atom) => atom.height)
  const planes = periodicPlanesOf(heights, 1, toleranceAngstrom / repeat.repeatAngstrom)
  return planes.map((plane, i) => {
    const below = i === 0 ? (planes.at(-1)?.high ?? 0) - 1 : (planes[i - 1]?.high ?? 0)
    const middle = (below + plane.low) / 2
    const gapAngstrom = (plane.low - below) * repeat.repeatAngstrom
    return describeCut(host, repeat, { cut: middle - Math.floor(middle), gapAngstrom, planes, maps })
  })
}

interface Cut {
  readonly cut: number
  readonly gapAngstrom: number
  readonly planes: readonly AtomicPlane[]
  readonly maps: readonly HeightMap[]
}

function describeCut(
  host: HostCrystal,
  repeat: OrientedRepeat,
  { cut, gapAngstrom, planes, maps }: Cut,
): Termination {
  const tolerance = cutTolerance(gapAngstrom, repeat)
  const symmetricFaces = maps.some((map) => map.sign === -1 && sameHeight(map.shift - cut, cut, tolerance))
  const summaries = planesAboveCut(host, repeat, planes, cut)
  const polarity = polarityOf(host, repeat, summaries, cut, symmetricFaces)
  const faces = `${summaries[0]?.formula} below, ${summaries.at(-1)?.formula} above`
  return {
    name: '',
    cut,
    excess: 0,
    gapAngstrom,
    planes: summaries,
    stoichiometric: true,
    symmetricFaces,
    brokenBonds: brokenBonds(host, repeat, cut),
    ...polarity,
    summary: polarity.taskerType === undefined ? faces : `${faces}, Tasker ${polarity.taskerType}`,
  }
}

/** Cation–anion bonds that cross a height, per surface cell. */
function brokenBonds(host: HostCrystal, repeat: OrientedRepeat, cut: number): number {
  const [h, k, l] = repeat.millerIndex
  const perUnit = 1 / (h * repeat.step[0] + k * repeat.step[1] + l * repeat.step[2])
  return repeat.atoms.reduce((sum, atom) => {
    const crossings = (host.bonds[atom.hostSite] ?? []).map(({ toPartner: t }) => {
      const rise = (h * t[0] + k * t[1] + l * t[2]) * perUnit
      return rise > 0 ? Math.floor(atom.height + rise - cut) - Math.floor(atom.height - cut) : 0
    })
    return sum + crossings.reduce((a, b) => a + b, 0)
  }, 0)
}

function equivalenceClasses(
  cuts: readonly Termination[],
  repeat: OrientedRepeat,
  maps: readonly HeightMap[],
) {
  const classes: Termination[][] = []
  for (const cut of cuts) {
    const tolerance = cutTolerance(cut.gapAngstrom, repeat)
    const home = classes.find(([first]) =>
      maps.some(
        (map) => first !== undefined && sameHeight(map.sign * first.cut + map.shift, cut.cut, tolerance),
      ),
    )
    if (home === undefined) classes.push([cut])
    else home.push(cut)
  }
  return classes
}

// A polar cut and its mirror image are one class: the one with the negative face on top stands for both.
function representative(members: readonly Termination[]): Termination {
  const [first, ...rest] = members
  if (first === undefined) throw new RangeError('An empty class of terminations.')
  const key = (t: Termination) => [Math.sign(t.dipolePerRepeatEAngstrom ?? 0), t.cut]
  return rest.reduce((a, b) => (compareKeys(key(b), key(a)) < 0 ? b : a), first)
}

function compareTerminations(a: Termination, b: Termination): number {
  const key = (t: Termination) => [
    t.taskerType === 'III' ? 1 : 0,
    t.symmetricFaces ? 0 : 1,
    t.brokenBonds,
    -Math.round(t.gapAngstrom * 1e4),
    t.cut,
  ]
  return compareKeys(key(a), key(b))
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (Math.abs(difference) > 1e-9) return difference
  }
  return 0
}

// A face that no operation turns into itself can meet its own image after n repeats and a part: same face on both
// sides at the price of the composition. The cut and its mirror image give one each, with either face.
function symmetricVariants(
  repeat: OrientedRepeat,
  termination: Termination,
  maps: readonly HeightMap[],
  gaps: readonly Termination[],
): readonly Termination[] {
  const flip = maps.find((map) => map.sign === -1)
  if (termination.symmetricFaces || flip === undefined) return []
  const mirrored = flip.shift - termination.cut
  const other = gaps.find((gap) => sameHeight(gap.cut, mirrored, cutTolerance(gap.gapAngstrom, repeat)))
  if (other === undefined) return []
  const variants = [
    { start: termination, end: other },
    { start: other, end: termination },
  ].map(({ start, end }) => symmetricVariant(start, end, repeat))
  const [small, large] = variants.sort((a, b) => a.excess - b.excess)
  return [small, large].flatMap((variant, i) =>
    variant ? [{ ...variant, name: `${termination.name}s${i === 0 ? '' : 2}` }] : [],
  )
}

function symmetricVariant(start: Termination, end: Termination, repeat: OrientedRepeat): Termination {
  const excess = end.cut - start.cut - Math.floor(end.cut - start.cut)
  const extra = start.planes.filter((plane) => plane.heightAngstrom < excess * repeat.repeatAngstrom)
  return {
    ...start,
    excess,
    stoichiometric: false,
    symmetricFaces: true,
    ...(start.dipolePerRepeatEAngstrom !== undefined && {
      dipolePerRepeatEAngstrom: 0,
      taskerType: 'II' as const,
    }),
    summary: `${extra[0]?.formula} on both faces, off-stoichiometric by ${extra.map((plane) => plane.formula).join(' + ')}`,
  }
}
