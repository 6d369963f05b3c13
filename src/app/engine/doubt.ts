import type { CalculationSummary } from '../../ports/store.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import type { EngineParts } from './engine-parts.ts'

/** Nobody is at work on a submission for so long. One that is doubted too early is settled by its claim like any other. */
export const longestSubmissionMs = 30 * 60_000

/**
 * Brings into doubt what is being submitted by nobody any more: its process died, or the store was away when the answer came.
 * Whether there is a job, the site will tell at its next look.
 *
 * @param olderThanMs 0 where no other code of this project is submitting, as at a start
 */
export async function doubtInterrupted(parts: EngineParts, olderThanMs: number): Promise<void> {
  const nowMs = parts.clock.now().getTime()
  const submitting = await parts.store.summaries({ states: ['submitting'] })
  // A clock may have been set back since.
  for (const each of submitting.filter(({ updatedAt }) => Math.abs(nowMs - Date.parse(updatedAt)) >= olderThanMs)) {
    await doubt(parts, each, 'the engine stopped while it was submitting')
  }
}

/** Somebody else may have been quicker. */
export async function doubt(parts: EngineParts, calculation: CalculationSummary, reason: string): Promise<void> {
  try {
    await parts.store.transition(calculation, 'submit-unknown', { actor: 'reconcile', reason })
  } catch (error) {
    if (!isStaleRevision(error)) throw error
  }
}
