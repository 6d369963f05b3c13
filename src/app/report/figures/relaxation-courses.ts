import { isKnownError } from '../../../base/known-error.ts'
import type { RelaxationCourse } from '../../../tables/figures/convergence.ts'
import { readOutcar } from '../../../vasp/output/outcar/read-outcar.ts'
import { stepKindOf } from '../../../workflow/planned-calculation.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'
import type { RunFiles } from '../../results/run-files.ts'
import type { ScreenRun } from '../../results/screen-runs.ts'

/** Energy and largest force of every ionic step of the relaxations whose OUTCAR can be read. */
export async function relaxationCourses(
  runs: readonly ScreenRun[],
  candidates: readonly CandidateResult[],
  files: RunFiles,
): Promise<readonly RelaxationCourse[]> {
  const courses: RelaxationCourse[] = []
  for (const { calculation } of runs) {
    if (stepKindOf(calculation.plan) !== 'relax' || calculation.state !== 'done') continue
    const candidate = candidates.find((each) => each.candidateId === calculation.candidateId)
    const outcar = await files.read(calculation, 'OUTCAR', (chunks) => readOutcar(chunks).catch(unlessKnown))
    const steps = outcar?.ionicSteps.filter((step) => step.energySigmaToZeroEv !== undefined) ?? []
    if (candidate === undefined || steps.length < 2) continue
    courses.push({
      words: calculation.candidateId,
      colourGroup: candidate.dopant ?? '',
      dashGroup: candidate.series + (candidate.remainingLithiumPerFormulaUnit === undefined ? '' : ` x = ${candidate.remainingLithiumPerFormulaUnit.toFixed(2)}`),
      energiesEv: steps.map((step) => step.energySigmaToZeroEv ?? Number.NaN),
      maxForcesEvPerAngstrom: steps.map((step) => step.maxForceEvPerAngstrom ?? null),
    })
  }
  return courses
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
