import { isKnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { checkAfterRun } from '../../recovery/after-run.ts'
import type { Correction } from '../../recovery/correction.ts'
import { diagnose, type Diagnosis } from '../../recovery/diagnose.ts'
import { failedNodes } from '../../recovery/failed-nodes.ts'
import { finalStructure } from '../../recovery/final-structure.ts'
import type { AttemptDecision } from '../../workflow/attempt-decision.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { RunDiagnosis, StepResult } from '../../workflow/step-result.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { judgeAttempt } from '../../workflow/verdict.ts'
import { acceptedFor, attemptPlan, type AttemptPlan } from '../dispatch/attempt-plan.ts'
import { assemble } from '../dispatch/prepare-input.ts'
import { startOf } from '../dispatch/start-of.ts'
import { lookAtLeftovers } from '../outputs/left-behind.ts'
import { readRun, type RunRead } from '../outputs/read-run.ts'
import { gatherEvidence, plannedRun } from '../outputs/run-evidence.ts'
import { stopDiagnosis } from '../watch/stop-diagnosis.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { finalStates } from './final-states.ts'
import { chooseStart } from './next-start.ts'
import { honestAboutNodes, possibleOn } from './possible-corrections.ts'
import { redoneBefore } from './stale-start.ts'
import { refuseMissingWorkFolder } from './work-folder-there.ts'

export interface Judgement {
  readonly decision: AttemptDecision
  readonly diagnoses: readonly RunDiagnosis[]
  readonly result: StepResult | undefined
}

/** Reads what an ended attempt left, and decides what follows. */
export async function judge(parts: EngineParts, calculation: CalculationRecord): Promise<Judgement> {
  const { store } = parts
  const connection = siteOf(parts, calculation.site)
  const folder = calculation.remoteFolder ?? ''
  const history = await attemptPlan(store, calculation)
  const start = await startOf(store, calculation, history.start)
  const wavecarKept = history.orbitalsFrom !== undefined || start.orbitalsFrom !== undefined
  const sent = assemble(connection, calculation, history, { ...start, wavecarKept }).input
  const read = await readRun(connection, folder, calculation.plan, start.structure)
  if (read === undefined) await refuseMissingWorkFolder(parts, calculation.site)
  const { found, nodes } = await diagnoseAttempt(parts, connection, calculation, sent, read)
  const decision = await decide(store, connection, calculation, { history, sent, found, runState: read?.result.runState ?? 'missing' })
  const diagnoses = found.map(({ symptom, cause, advice, evidence: { says } }) => ({ symptom, says, cause, advice }))
  if (decision.kind === 'accept') {
    const result = read && (await finishedResult(store, calculation, { read, sent, found, history }))
    return { decision, diagnoses, result: result && { ...result, diagnoses } }
  }
  const before = await avoidedSincePerson(store, calculation)
  const choice = chooseStart(sent, read, await lookAtLeftovers(connection, folder), decision, { before, named: nodes })
  const geometryFrom = choice.start.geometry === 'contcar' ? ('CONTCAR' as const) : ('POSCAR' as const)
  const result = read && { ...read.result, structure: choice.structure, geometryFrom, diagnoses }
  return { decision: { ...decision, start: choice.start }, diagnoses, result }
}

async function diagnoseAttempt(
  parts: EngineParts,
  connection: SiteConnection,
  calculation: CalculationRecord,
  sent: VaspInput,
  read: RunRead | undefined,
): Promise<{ readonly found: readonly Diagnosis[]; readonly nodes: readonly string[] }> {
  const isFinished = read?.result.runState === 'finished'
  const schedulerReason = isFinished ? undefined : await accountingSays(connection, calculation)
  const evidence = await gatherEvidence(connection, calculation.remoteFolder ?? '', {
    ...(read === undefined ? {} : { outcar: read.outcar }),
    ...(schedulerReason === undefined ? {} : { schedulerReason }),
    planned: plannedRun(sent),
  })
  const stopped = isFinished ? undefined : await stopDiagnosis(parts.store, calculation)
  const all = diagnose(evidence)
  const found = stopped === undefined ? all : [stopped, ...all.filter(({ symptom, weight }) => symptom !== stopped.symptom && !isEndOfOurs(symptom, weight))]
  return { found: honestAboutNodes(found, connection.scheduler), nodes: failedNodes(evidence.stderr) }
}

/** A job that was stopped for a reason is not cancelled by a person, and nobody need ask what ended it. */
function isEndOfOurs(symptom: string, weight: Diagnosis['weight']): boolean {
  return weight === 'fallback' || ['cancelled', 'stopped'].includes(symptom)
}

async function accountingSays(connection: SiteConnection, { nativeId }: CalculationRecord): Promise<string | undefined> {
  if (nativeId === null) return undefined
  return (await finalStates(connection, [nativeId])).get(nativeId)?.reason
}

interface Found {
  readonly history: AttemptPlan
  readonly sent: VaspInput
  readonly found: readonly Diagnosis[]
  readonly runState: string
}

async function decide(
  store: Store,
  connection: SiteConnection,
  calculation: CalculationRecord,
  { history, sent, found, runState }: Found,
): Promise<AttemptDecision> {
  const decision = judgeAttempt({
    runState,
    attempt: await attemptsRun(store, calculation),
    diagnoses: found,
    history: await sincePerson(store, calculation),
    allowComparability: await allowsComparability(store, calculation, found),
    isPossible: possibleOn(connection.site, sent, history.inForce),
  })
  if (decision.kind !== 'accept') return decision
  const redone = await redoneBefore(store, calculation)
  if (redone !== undefined) return { kind: 'repeat', reason: `${redone.id} runs again, and this run started from what it had left before` }
  const [missing] = await acceptedFor(store, calculation, history.inForce)
  if (missing === undefined) return decision
  return { kind: 'repeat', reason: `the series has taken the correction against ${missing.symptom} meanwhile` }
}

/** Those before that had a job, and this one: what was refused or closed before it ran costs none of the tries. */
async function attemptsRun(store: Store, { id, attempt: current }: CalculationRecord): Promise<number> {
  const before = (await store.attempts(id)).filter(({ attempt }) => attempt < current)
  return 1 + before.filter(({ endedAt }) => endedAt !== null).length
}

async function sincePerson(store: Store, calculation: CalculationRecord): Promise<readonly Correction[]> {
  return (await attemptsSincePerson(store, calculation)).flatMap(({ corrections }) => corrections)
}

/** A person may have had the nodes mended, too. */
async function avoidedSincePerson(store: Store, calculation: CalculationRecord): Promise<readonly string[]> {
  const earlier = (await attemptsSincePerson(store, calculation)).filter(({ attempt }) => attempt < calculation.attempt)
  return earlier.flatMap(({ decision }) => decision?.start?.avoidNodes ?? [])
}

/** Ladders start afresh once a person has seen the calculation and let it try again. */
async function attemptsSincePerson(store: Store, { id, attempt: current }: CalculationRecord): Promise<readonly AttemptRecord[]> {
  const attempts = (await store.attempts(id)).filter(({ attempt }) => attempt <= current)
  const asked = attempts.findLastIndex(({ attempt, decision }) => attempt < current && (decision?.kind === 'person' || decision?.kind === 'offer'))
  return attempts.slice(asked + 1)
}

/** The screen's own words; read only where it matters, which is rare. */
async function allowsComparability(store: Store, { screenName }: CalculationRecord, found: readonly Diagnosis[]): Promise<boolean> {
  const matters = found.some(({ corrections }) => corrections.some((each) => each.class === 'comparability'))
  const screen = matters ? await store.screen(screenName) : undefined
  if (screen === undefined) return false
  try {
    return readScreen(screen.text, screen.source).recovery.allow.includes('comparability')
  } catch (error) {
    if (!isKnownError(error)) throw error
    return false
  }
}

/** The result with everything that a reader of the tables should know. */
async function finishedResult(
  store: Store,
  calculation: CalculationRecord,
  { read, sent, found, history }: { read: RunRead; sent: VaspInput; found: readonly Diagnosis[]; history: AttemptPlan },
): Promise<StepResult> {
  const { result, outcar } = read
  const before = history.start?.geometry === 'contcar' ? keptResult(await store.result(calculation.id)) : undefined
  const energyBeforeRestartEv = before?.energies.energySigmaToZeroEv ?? undefined
  const findings = checkAfterRun({
    planned: { ...plannedRun(sent), dopantIons: await dopantIonsOf(store, calculation, sent) },
    outcar,
    // The very structure that the tables are made from.
    final: result.geometryFrom === 'POSCAR' ? (finalStructure(sent.structure, outcar) ?? result.structure) : result.structure,
    ...(energyBeforeRestartEv === undefined ? {} : { energyBeforeRestartEv }),
  })
  const unmended = found.filter(({ weight }) => weight !== 'label').map(({ symptom, evidence }) => [symptom, evidence.says] as const)
  const words = new Set(findings.map(({ says }) => says))
  const more = unmended.filter(([, says]) => !words.has(says)).map(([symptom, says]) => `${symptom}: ${says}`)
  return { ...result, flags: [...result.flags, ...words, ...more] }
}

/** Ions of the element that the screen put in; another count of them renumbers the ions, so that their element tells. */
async function dopantIonsOf(store: Store, { screenName, candidateId }: CalculationRecord, { structure }: VaspInput): Promise<readonly number[]> {
  const dopant = (await store.screen(screenName))?.candidates.find(({ id }) => id === candidateId)?.dopant
  return structure.sites.flatMap(({ element }, ion) => (element === dopant ? [ion] : []))
}
