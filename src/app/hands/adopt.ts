import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord, CalculationSummary, Store } from '../../ports/store.ts'
import { canMove } from '../../workflow/calculation-state.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import { moveAll } from '../screens/move-all.ts'
import { folderOf, NoFolderError } from './no-folder.ts'
import { handEdits, type HandEdit } from './hand-edits.ts'
import { forgetNoted } from './noted-by-hand.ts'

type Parts = Pick<EngineParts, 'store' | 'sites' | 'clock'>

export interface ByHand {
  readonly calculation: CalculationRecord
  readonly attempt: AttemptRecord
  readonly edits: readonly HandEdit[]
  /** Done already, from what was there before: they run again when the changes are taken. */
  readonly startedFromIt: readonly CalculationSummary[]
}

export class NothingToAdoptError extends KnownError {
  readonly code = 'NOTHING_TO_ADOPT'
  readonly remedy: string
  constructor(problem: string, remedy: string) {
    super(problem)
    this.remedy = remedy
  }
}

/** What a person changed in the folder of a calculation's last attempt; asks its site. */
export async function lookByHand(parts: Parts, id: string): Promise<ByHand> {
  const calculation = await parts.store.calculation(id)
  if (calculation === undefined) throw new CalculationUnknownError(id)
  const attempt = (await parts.store.attempts(id)).findLast((each) => each.attempt === calculation.attempt)
  folderOf(calculation)
  if (attempt === undefined) throw new NoFolderError(calculation)
  const { transport } = siteOf(parts as EngineParts, calculation.site)
  const edits = await handEdits(transport, attempt)
  const startedFromIt = edits.length === 0 ? [] : await doneFrom(parts.store, id)
  return { calculation, attempt, edits, startedFromIt }
}

/** Everything that is done and started from a calculation, or from what started from it. */
async function doneFrom(store: Store, id: string): Promise<readonly CalculationSummary[]> {
  const found = new Map<string, CalculationSummary>()
  let ids: readonly string[] = [id]
  while (ids.length > 0) {
    const next = await store.summaries({ dependingOn: ids, states: ['done'] })
    ids = next.map((each) => each.id).filter((each) => !found.has(each))
    for (const each of next) found.set(each.id, each)
  }
  return [...found.values()]
}

/**
 * Takes what lies in the folder as the attempt's own: its files are read again and its rows say what was done by hand. What had
 * started from the files before runs again after it.
 *
 * @returns ids that run again
 * @throws NothingToAdoptError when nothing was changed, or a job of it may still run
 */
export async function acceptByHand(parts: Parts, { calculation, attempt, edits, startedFromIt }: ByHand): Promise<readonly string[]> {
  if (edits.length === 0) throw new NothingToAdoptError(`Nothing of ${calculation.id} was changed by hand.`, 'There is nothing to do.')
  refuseWhileRunning(calculation, 'ended')
  const { store, clock } = parts
  const adopted = { at: clock.now().toISOString(), ...vouchedFor(attempt, edits) }
  const reason = `adopted by hand: ${edits.map(({ name, how }) => `${name} ${how}`).join(', ')}`
  await store.transition(calculation, 'ended', { actor: 'person', reason }, { failure: null, record: { adopted } })
  await forgetNoted(store, calculation.site, calculation.id)
  const why = { actor: 'person', reason: `what it starts from, ${calculation.id}, was run again by hand` }
  return moveAll(store, startedFromIt, 'planned', why)
}

/** What the person has seen; everything that they vouched for before stays vouched for. */
function vouchedFor({ adopted, outputs }: AttemptRecord, edits: readonly HandEdit[]): Omit<NonNullable<AttemptRecord['adopted']>, 'at'> {
  const sums = (what: HandEdit['what']): Readonly<Record<string, string>> =>
    Object.fromEntries(edits.flatMap(({ name, sha256, ...each }) => (each.what === what && sha256 !== null ? [[name, sha256]] : [])))
  // A file that was never read, of a job that told nothing of it, may be the job's own.
  const isRerun = edits.some(({ what, how }) => what === 'output' && (how === 'changed' || outputs !== null))
  return {
    inputSha256: { ...adopted?.inputSha256, ...sums('input') },
    outputSha256: { ...adopted?.outputSha256, ...sums('output') },
    isRerun: isRerun || adopted?.isRerun === true,
  }
}

/** Another attempt, with the planned inputs in a folder of its own; what was done by hand stays where it is. */
export async function rejectByHand(parts: Parts, { calculation }: ByHand): Promise<void> {
  refuseWhileRunning(calculation, 'ready')
  const why = { actor: 'person', reason: 'what was done by hand is not taken: another attempt as planned' }
  await parts.store.transition(calculation, 'ready', why, { failure: null })
  await forgetNoted(parts.store, calculation.site, calculation.id)
}

function refuseWhileRunning({ id, state }: CalculationRecord, to: 'ended' | 'ready'): void {
  if (['done', 'failed', 'cancelled'].includes(state) && canMove(state, to)) return
  throw new NothingToAdoptError(`${id} is ${state}: its own job comes first.`, 'Wait for its end, or cancel it.')
}
