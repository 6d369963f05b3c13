import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Diagnosis } from '../../recovery/diagnose.ts'
import type { RunProgress } from './run-progress.ts'

/** Why the attempt was told to stop while it ran, if it was. */
export async function stopDiagnosis(
  store: Pick<Store, 'progress'>,
  { id, screenName, attempt }: CalculationRecord,
): Promise<Diagnosis | undefined> {
  const known = (await store.progress(screenName)).find((each) => each.calculationId === id && each.attempt === attempt)
  return (known?.progress as RunProgress | undefined)?.stop?.diagnosis
}
