import type { Candidate } from '../../workflow/candidate.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { distinct } from '../results/step-methods.ts'
import type { ScreenRun } from '../results/screen-runs.ts'

/** What a reader has to know before trusting a number: each thing once, with the members that it concerns. */
export function caveats(
  planned: readonly Candidate[],
  results: readonly CandidateResult[],
  runs: readonly ScreenRun[],
): readonly string[] {
  const open = results.filter((each) => each.static === undefined)
  return [
    ...(open.length === 0 ? [] : [`Not finished: ${open.map((each) => each.candidateId).join(', ')}.`]),
    ...gathered(planned.flatMap(({ id, warnings }) => warnings.map((words) => [words, id] as const))),
    ...gathered(results.flatMap(({ candidateId, flags }) => flags.map((words) => [words, candidateId] as const))),
    ...gathered(runs.flatMap(({ calculation }) => calculation.plan.notes.map((words) => [words, `${calculation.step} steps`] as const))),
  ]
}

function gathered(pairs: readonly (readonly [string, string])[]): readonly string[] {
  return distinct(pairs.map(([words]) => words)).map((words) => {
    const who = distinct(pairs.filter(([other]) => other === words).map(([, name]) => name))
    return `${words.charAt(0).toUpperCase()}${words.slice(1).replace(/\.$/, '')} (${who.join(', ')}).`
  })
}
