import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Diagnosis } from '../../recovery/diagnose.ts'
import type { RunProgress, StopOrder } from './run-progress.ts'

/** Why the attempt was told to stop while it ran, and how, if it was: what is kept of it once the next attempt is watched. */
export async function stopDiagnosis(
  store: Pick<Store, 'progress'>,
  { id, screenName, attempt }: CalculationRecord,
): Promise<Diagnosis | undefined> {
  const known = (await store.progress(screenName)).find((each) => each.calculationId === id && each.attempt === attempt)
  const stop = (known?.progress as RunProgress | undefined)?.stop
  if (stop == null) return undefined
  const { evidence } = stop.diagnosis
  return { ...stop.diagnosis, evidence: { ...evidence, says: `${evidence.says}; ${howStopped(stop)}` } }
}

function howStopped({ how, isDisobeyed }: StopOrder): string {
  if (how !== 'cancel') return 'it was told to stop by STOPCAR'
  return isDisobeyed === true ? 'it was told to stop by STOPCAR, did not obey, and was cancelled' : 'it was cancelled'
}
