import { atomsInPlane, GridsDifferError, planeDifference, planeThrough, type PlaneFrame, type PlaneValues } from '../../../analysis/planes.ts'
import { didYouMean } from '../../../base/did-you-mean.ts'
import { KnownError } from '../../../base/known-error.ts'
import { bondsOf } from '../../../analysis/bonds.ts'
import type { Structure } from '../../../structure/structure.ts'
import { densityPlanesFigure, type DensityMap } from '../../../tables/figures/density-planes.ts'
import type { Figure } from '../../../tables/figures/figure.ts'
import { pristineOf, type CandidateResult } from '../../../workflow/tables/candidate-result.ts'
import type { DensityPlane, DensityPlanes } from '../../results/density-planes.ts'
import type { ScreenRun } from '../../results/screen-runs.ts'

const widthAngstrom = 7
const points = 141

export class MemberUnknownError extends KnownError {
  readonly code = 'MEMBER_UNKNOWN'
  readonly remedy: string
  constructor(name: string, known: readonly string[]) {
    super(`There is no member ${name} in this screen.`)
    const guess = didYouMean(name, known)
    this.remedy = guess === undefined ? `Use one of ${known.join(', ')}.` : `Did you mean ${guess}?`
  }
}

/**
 * Charge density through the dopant and its two nearest oxygens, of the doped and of the undoped slab, for the members that are named; `all`
 * names every one.
 * A member without a dopant, or whose CHGCAR is not at hand, has none.
 *
 * @throws MemberUnknownError
 */
export async function densityFigures(
  members: readonly string[],
  candidates: readonly CandidateResult[],
  runs: readonly ScreenRun[],
  planes: DensityPlanes,
): Promise<readonly Figure[]> {
  const unknown = members.find((member) => member !== 'all' && candidates.every(({ candidateId }) => candidateId !== member))
  if (unknown !== undefined) throw new MemberUnknownError(unknown, candidates.map(({ candidateId }) => candidateId))
  const figures: Figure[] = []
  const isWanted = ({ candidateId }: CandidateResult): boolean => members.includes('all') || members.includes(candidateId)
  for (const candidate of candidates.filter(isWanted)) {
    const frame = frameOf(candidate)
    const doped = frame === undefined ? undefined : await planeOf(candidate, frame, runs, planes)
    if (frame === undefined || doped === undefined) continue
    const host = pristineOf(candidates, candidate)
    const pristine = host === undefined ? undefined : await planeOf(host, frame, runs, planes)
    figures.push(figureOf(candidate, frame, doped, pristine))
  }
  return figures
}

/** undefined for a member without a dopant, or with fewer than two bonds. */
function frameOf(candidate: CandidateResult): PlaneFrame | undefined {
  const structure = (candidate.static ?? candidate.relaxed)?.structure
  const centre = candidate.dopantIndices[0]
  if (structure === undefined || candidate.dopant === null || centre === undefined) return undefined
  const [first, second] = bondsOf(structure, centre, candidate.oxidationStates).bonds
  return first === undefined || second === undefined ? undefined : planeThrough(structure, [centre, first.index, second.index], widthAngstrom)
}

async function planeOf(candidate: CandidateResult, frame: PlaneFrame, runs: readonly ScreenRun[], planes: DensityPlanes): Promise<DensityPlane | undefined> {
  const run = runs.find(({ calculation }) => calculation.candidateId === candidate.candidateId && calculation.step === 'static' && calculation.state === 'done')
  return run === undefined ? undefined : planes.plane(run.calculation, { frame, points })
}

function figureOf(candidate: CandidateResult, frame: PlaneFrame, doped: DensityPlane, pristine: DensityPlane | undefined): Figure {
  const difference = pristine === undefined ? undefined : differenceOf(doped, pristine)
  const map = (plane: PlaneValues, { structure }: { readonly structure: Structure }, words: string): DensityMap => ({
    ...plane,
    words,
    atoms: atomsInPlane(structure, frame),
  })
  return densityPlanesFigure({
    name: `density-${candidate.candidateId}`,
    title: `Charge density around ${candidate.dopant} in ${candidate.candidateId}`,
    caption:
      'Valence charge density (CHGCAR) in the plane through the dopant and its two nearest oxygens; the undoped slab in the same plane of space. ' +
      'Levels of the density are logarithmic and shared. Labels: atoms within 0.5 Å of the plane.' +
      (difference === undefined ? '' : ' Difference: doped minus undoped, with the displacements of the ions in it.'),
    widthAngstrom,
    densities: [...(pristine === undefined ? [] : [map(pristine, pristine, 'undoped')]), map(doped, doped, candidate.candidateId)],
    ...(difference === undefined ? {} : { difference: map(difference, doped, 'difference') }),
    isRehearsal: candidate.method === 'rehearsal',
  })
}

function differenceOf(doped: DensityPlane, pristine: DensityPlane): PlaneValues | undefined {
  try {
    return planeDifference(doped, pristine)
  } catch (error) {
    if (error instanceof GridsDifferError) return undefined
    throw error
  }
}
