import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { canMove } from '../../workflow/calculation-state.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import { folderOf, NoFolderError } from './no-folder.ts'
import { inputEdits, outputEdits, type HandEdit } from './hand-edits.ts'

type Parts = Pick<EngineParts, 'store' | 'sites' | 'clock'>

export interface ByHand {
  readonly calculation: CalculationRecord
  readonly attempt: AttemptRecord
  readonly edits: readonly HandEdit[]
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
  return { calculation, attempt, edits: [...(await inputEdits(transport, attempt)), ...(await outputEdits(transport, attempt))] }
}

/**
 * Takes what lies in the folder as the attempt's own: its files are read again and its rows say what was done by hand.
 *
 * @throws NothingToAdoptError when nothing was changed, or a job of it may still run
 */
export async function acceptByHand(parts: Parts, { calculation, attempt, edits }: ByHand): Promise<void> {
  if (edits.length === 0) throw new NothingToAdoptError(`Nothing of ${calculation.id} was changed by hand.`, 'There is nothing to do.')
  refuseWhileRunning(calculation, 'ended')
  const changed = edits.filter(({ what, sha256 }) => what === 'input' && sha256 !== null)
  const inputSha256 = { ...attempt.adopted?.inputSha256, ...Object.fromEntries(changed.map(({ name, sha256 }) => [name, sha256 ?? ''])) }
  const isRerun = edits.some(({ what }) => what === 'output') && calculation.failure?.code !== 'INPUTS_EDITED'
  const adopted = { at: parts.clock.now().toISOString(), inputSha256, isRerun: isRerun || attempt.adopted?.isRerun === true }
  const reason = `adopted by hand: ${edits.map(({ name, how }) => `${name} ${how}`).join(', ')}`
  await parts.store.transition(calculation, 'ended', { actor: 'person', reason }, { failure: null, record: { adopted } })
}

/** Another attempt, with the planned inputs in a folder of its own; what was done by hand stays where it is. */
export async function rejectByHand(parts: Parts, { calculation }: ByHand): Promise<void> {
  refuseWhileRunning(calculation, 'ready')
  const why = { actor: 'person', reason: 'what was done by hand is not taken: another attempt as planned' }
  await parts.store.transition(calculation, 'ready', why, { failure: null })
}

function refuseWhileRunning({ id, state }: CalculationRecord, to: 'ended' | 'ready'): void {
  if (['done', 'failed', 'cancelled'].includes(state) && canMove(state, to)) return
  throw new NothingToAdoptError(`${id} is ${state}: its own job comes first.`, 'Wait for its end, or cancel it.')
}
