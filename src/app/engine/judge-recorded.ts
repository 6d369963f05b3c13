import type { AttemptRecord, OutputFile } from '../../ports/attempt.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { adoptedFlags, refuseHandEdits } from '../hands/hand-edits.ts'
import { recordAlso, recordOutputs } from '../provenance/record-outputs.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'
import { judge, type Judgement } from './judge.ts'

/** What follows from an attempt, and the files from which that was read. */
export interface RecordedJudgement extends Judgement {
  readonly outputs: Readonly<Record<string, OutputFile>> | undefined
}

/**
 * Judges an attempt whose folder is as its job left it, or as a person has vouched for, and keeps what was read.
 *
 * @throws InputsEditedError, RerunByHandError when somebody changed the inputs meanwhile, or ran VASP there again
 */
export async function judgeRecorded(parts: EngineParts, calculation: CalculationRecord): Promise<RecordedJudgement> {
  const connection = siteOf(parts, calculation.site)
  const attempt = (await parts.store.attempts(calculation.id)).find((each) => each.attempt === calculation.attempt)
  if (attempt !== undefined) await refuseHandEdits(connection.transport, attempt)
  const judged = await judgeAndKeep(parts, connection, calculation)
  return attempt === undefined ? judged : vouchedFor(judged, attempt)
}

async function judgeAndKeep(parts: EngineParts, connection: SiteConnection, calculation: CalculationRecord): Promise<RecordedJudgement> {
  const folder = calculation.remoteFolder
  if (parts.provenance === undefined || folder === null) return { ...(await judge(parts, calculation)), outputs: undefined }
  const recorder = recordOutputs(connection.transport, folder, parts.provenance.objects)
  const sites = new Map(parts.sites).set(calculation.site, { ...connection, transport: recorder.transport })
  const judgement = await judge({ ...parts, sites }, calculation)
  if (judgement.result !== undefined) await recordAlso(recorder.transport, `${folder}/OSZICAR`)
  return { ...judgement, outputs: await recorder.outputs() }
}

/** A person who adopts a finished run has seen what differs from the plan: it is told in the row and decides nothing. */
function vouchedFor(judged: RecordedJudgement, attempt: AttemptRecord): RecordedJudgement {
  const { result, decision } = judged
  const flags = adoptedFlags(attempt)
  if (flags.length === 0 || result === undefined) return judged
  const isOverruled = decision.kind !== 'accept' && result.runState === 'finished'
  return {
    ...judged,
    decision: isOverruled ? { kind: 'accept', reason: 'the run finished, and a person vouched for it' } : decision,
    result: { ...result, flags: [...new Set([...result.flags, ...flags])] },
  }
}
