import { correctionName } from '../../app/dispatch/attempt-plan.ts'
import { CorrectionUnknownError, planSeriesChange, type SeriesChange } from '../../app/screens/accept-correction.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { Store } from '../../ports/store.ts'
import type { SeriesChangeAnswer } from '../calculation-api.ts'

/** What taking the correction that a calculation was offered would do to its series. @throws CalculationUnknownError, CorrectionUnknownError */
export async function offeredChange(store: Store, id: string): Promise<{ readonly screenName: string; readonly change: SeriesChange }> {
  const calculation = await store.calculation(id)
  if (calculation === undefined) throw new CalculationUnknownError(id)
  const { screenName } = calculation
  const offered = (await store.attempts(id)).at(-1)?.decision
  if (offered?.kind !== 'offer' || offered.correction === undefined) throw new CorrectionUnknownError(screenName, 'that was offered', [])
  return { screenName, change: await planSeriesChange(store, screenName, correctionName(offered.correction)) }
}

/** The same in numbers, for the question before it. */
export async function seriesChangeAnswer(store: Store, id: string): Promise<SeriesChangeAnswer> {
  const { screenName, change } = await offeredChange(store, id)
  const { name, steps, again, underWay, other, coreHours } = change
  return { screenName, name, steps, again: again.length, underWay: underWay.length, other: other.length, coreHours }
}
