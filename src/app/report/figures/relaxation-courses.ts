import { isKnownError } from '../../../base/known-error.ts'
import type { RelaxationCourse } from '../../../tables/figures/convergence.ts'
import type { IonicStep } from '../../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../../vasp/output/outcar/read-outcar.ts'
import { stepKindOf } from '../../../workflow/planned-calculation.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'
import type { RunFiles } from '../../results/run-files.ts'
import { attemptPlaces, type ScreenRun } from '../../results/screen-runs.ts'

/** Energy and largest force of every ionic step, of every attempt, of the relaxations whose OUTCAR can be read. */
export async function relaxationCourses(
  runs: readonly ScreenRun[],
  candidates: readonly CandidateResult[],
  files: RunFiles,
): Promise<readonly RelaxationCourse[]> {
  const courses: RelaxationCourse[] = []
  for (const run of runs) {
    const { calculation } = run
    if (stepKindOf(calculation.plan) !== 'relax' || calculation.state !== 'done') continue
    const candidate = candidates.find((each) => each.candidateId === calculation.candidateId)
    const { steps, attemptStarts } = await stepsOf(run, files)
    if (candidate === undefined || steps.length < 2) continue
    courses.push({
      words: calculation.candidateId,
      colourGroup: candidate.dopant ?? '',
      dashGroup: candidate.series + (candidate.remainingLithiumPerFormulaUnit === undefined ? '' : ` x = ${candidate.remainingLithiumPerFormulaUnit.toFixed(2)}`),
      energiesEv: steps.map((step) => step.energySigmaToZeroEv ?? Number.NaN),
      attemptStarts,
      maxForcesEvPerAngstrom: steps.map((step) => step.maxForceEvPerAngstrom ?? null),
    })
  }
  return courses
}

/** Of all attempts, one behind the other, with the places where a later one starts. */
async function stepsOf(run: ScreenRun, files: RunFiles): Promise<{ readonly steps: readonly IonicStep[]; readonly attemptStarts: readonly number[] }> {
  const steps: IonicStep[] = []
  const attemptStarts: number[] = []
  for (const place of attemptPlaces(run)) {
    const outcar = await files.read(place, 'OUTCAR', (chunks) => readOutcar(chunks).catch(unlessKnown))
    const own = outcar?.ionicSteps.filter((step) => step.energySigmaToZeroEv !== undefined) ?? []
    if (steps.length > 0 && own.length > 0) attemptStarts.push(steps.length)
    steps.push(...own)
  }
  return { steps, attemptStarts }
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
