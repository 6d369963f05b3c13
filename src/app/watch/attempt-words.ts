import type { AttemptRecord } from '../../ports/attempt.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { AttemptDecision, NextStart } from '../../workflow/attempt-decision.ts'
import { changeWords } from '../results/series-marks.ts'

/** What an attempt did otherwise than the one before it, with the reason and its source. */
export function changedWords({ corrections, resources }: AttemptRecord, before: AttemptRecord | undefined): readonly string[] {
  const isAsked = before?.decision?.kind === 'person' || before?.decision?.kind === 'offer'
  if (corrections.length === 0) return isAsked ? ['nothing: a person let it try again'] : []
  return corrections.map((each) => `${correctionWords(each, resources?.avoidNodes)}, against ${each.symptom}: ${each.reason} (${each.class}; ${each.source})`)
}

/** Where it starts is told by itself, because a correction only says where it would like to. */
function correctionWords(correction: Correction, avoided: readonly string[] | undefined): string {
  const changes = correction.changes.filter(({ kind }) => kind !== 'start' && kind !== 'avoid-nodes')
  const words = [...(changes.length === 0 ? [] : [changeWords({ ...correction, changes })]), ...(avoided === undefined ? [] : [`not on ${avoided.join(', ')}`])]
  return words.length === 0 ? 'nothing but the start' : words.join(', ')
}

/** From which atoms and orbitals it began; undefined for a first attempt. */
export function startWords(judged: AttemptRecord | undefined): string | undefined {
  const start = judged?.decision?.start
  return start === undefined ? undefined : `from ${startOfNext(judged?.attempt ?? 0, start)}`
}

function startOfNext(attempt: number, { geometry, readWavecar, remainingSteps, refused }: NextStart): string {
  const orbitals = readWavecar ? ', with its orbitals' : ''
  if (geometry === 'contcar') {
    const steps = remainingSteps > 0 ? `, ${remainingSteps} ionic steps left` : ''
    return `CONTCAR of attempt ${attempt}${steps}${orbitals}${because(refused)}`
  }
  return `the geometry that attempt ${attempt} began with${orbitals}${because(refused)}`
}

function because(refused: readonly string[]): string {
  return refused.length === 0 ? '' : ` (${refused.join('; ')})`
}

/** How it ended. */
export function endWords({ endedAt, exitCode, exitCause, startedAt, nativeId, resources }: AttemptRecord, isLast: boolean): string {
  if (endedAt === null && !isLast && nativeId === null && resources?.avoidNodes !== undefined)
    return `was refused: too few nodes are left without ${resources.avoidNodes.join(', ')}`
  if (endedAt === null) return startedAt === null ? (nativeId === null ? 'was not submitted' : 'has not told that it started') : 'has not ended'
  if (exitCode === null) return 'left the queue without telling its end'
  const how = exitCause === null || exitCause === 'exit' ? `exit code ${exitCode}` : `${endCauses[exitCause] ?? exitCause}, exit code ${exitCode}`
  return `ended with ${how}`
}

/** Words of the job script for people; signals go by their names. */
const endCauses: Readonly<Record<string, string>> = {
  'walltime-stop': 'a stop before its time limit',
  'ordered-stop': 'a stop that dopant asked for',
  stopcar: 'a stop that a person asked for',
  'copy-back': 'files that could not be copied home',
}

/** What was decided; of the last attempt also where another one would start. */
export function decidedWords({ attempt, decision }: AttemptRecord, isLast: boolean): readonly string[] {
  if (decision === null) return []
  return [decision.kind === 'offer' ? `${decision.reason} This changes what the energy means, so it was not done.` : decision.reason, ...(isLast ? nextStartWords(attempt, decision) : [])]
}

function nextStartWords(attempt: number, { kind, start }: AttemptDecision): readonly string[] {
  if (kind === 'accept' || start === undefined) return []
  const elsewhere = start.avoidNodes === undefined ? '' : `, not on ${start.avoidNodes.join(', ')}`
  return [`another attempt starts from ${startOfNext(attempt, start)}${elsewhere}`]
}
