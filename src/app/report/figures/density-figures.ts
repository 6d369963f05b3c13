import { atomsInPlane, densityOnPlane, gridDifference, GridsDifferError, planeThrough, type PlaneFrame } from '../../../analysis/planes.ts'
import { didYouMean } from '../../../base/did-you-mean.ts'
import { KnownError } from '../../../base/known-error.ts'
import { bondsOf } from '../../../analysis/bonds.ts'
import type { DensityGrid } from '../../../structure/density-grid.ts'
import { densityPlanesFigure, type DensityMap } from '../../../tables/figures/density-planes.ts'
import type { Figure } from '../../../tables/figures/figure.ts'
import { readGrid } from '../../../vasp/output/grid/read-grid.ts'
import { pristineOf, type CandidateResult } from '../../../workflow/tables/candidate-result.ts'
import type { RunFiles } from '../../results/run-files.ts'
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
 * Charge density through the dopant and its two nearest oxygens, of the doped and of the undoped slab, for the members that are named.
 * A member without a dopant, or whose CHGCAR is not at hand, has none.
 *
 * @throws MemberUnknownError
 */
export async function densityFigures(
  members: readonly string[],
  candidates: readonly CandidateResult[],
  runs: readonly ScreenRun[],
  files: RunFiles,
): Promise<readonly Figure[]> {
  const unknown = members.find((member) => candidates.every(({ candidateId }) => candidateId !== member))
  if (unknown !== undefined) throw new MemberUnknownError(unknown, candidates.map(({ candidateId }) => candidateId))
  const figures: Figure[] = []
  for (const candidate of candidates.filter(({ candidateId }) => members.includes(candidateId))) {
    const frame = frameOf(candidate)
    const doped = frame === undefined ? undefined : await densityOf(candidate, runs, files)
    if (frame === undefined || doped === undefined) continue
    const host = pristineOf(candidates, candidate)
    const pristine = host === undefined ? undefined : await densityOf(host, runs, files)
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

async function densityOf(candidate: CandidateResult, runs: readonly ScreenRun[], files: RunFiles): Promise<DensityGrid | undefined> {
  const run = runs.find(({ calculation }) => calculation.candidateId === candidate.candidateId && calculation.step === 'static' && calculation.state === 'done')
  return run === undefined ? undefined : files.read(run.calculation, 'CHGCAR', async (chunks) => (await readGrid(chunks, { grids: 1 })).total)
}

function figureOf(candidate: CandidateResult, frame: PlaneFrame, doped: DensityGrid, pristine: DensityGrid | undefined): Figure {
  const difference = pristine === undefined ? undefined : differenceOf(doped, pristine)
  const map = (grid: DensityGrid, words: string): DensityMap => ({
    ...densityOnPlane(grid, frame, points),
    words,
    atoms: atomsInPlane(grid.structure, frame),
  })
  return densityPlanesFigure({
    name: `density-${candidate.candidateId}`,
    title: `Charge density around ${candidate.dopant} in ${candidate.candidateId}`,
    caption:
      'Valence charge density (CHGCAR) in the plane through the dopant and its two nearest oxygens; the undoped slab in the same plane of space. ' +
      'Levels of the density are logarithmic and shared. Labels: atoms within 0.5 Å of the plane.' +
      (difference === undefined ? '' : ' Difference: doped minus undoped, with the displacements of the ions in it.'),
    widthAngstrom,
    densities: [...(pristine === undefined ? [] : [map(pristine, 'undoped')]), map(doped, candidate.candidateId)],
    ...(difference === undefined ? {} : { difference: { ...map(difference, 'difference') } }),
    isRehearsal: candidate.method === 'rehearsal',
  })
}

function differenceOf(doped: DensityGrid, pristine: DensityGrid): DensityGrid | undefined {
  try {
    return gridDifference(doped, pristine)
  } catch (error) {
    if (error instanceof GridsDifferError) return undefined
    throw error
  }
}
