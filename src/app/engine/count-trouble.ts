import { isKnownError } from '../../base/known-error.ts'
import type { Task } from '../../ports/queue.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { advanceAfter } from './advance.ts'
import type { EngineParts } from './engine-parts.ts'

/** So often a task about one calculation may end unforeseen, or take the whole process with it. */
export const mostTroubles = 5

/**
 * Does a task and counts in the store when it ends in something that nobody foresaw, also when the process dies in it: a file that
 * takes all memory must not stop the rest for ever, whatever becomes of the queue. After five times the calculation waits for a person.
 */
export async function countTrouble(parts: EngineParts, task: Task, work: () => Promise<void>): Promise<void> {
  if (task.type !== 'collect' && task.type !== 'submit') return work()
  const name = `${task.type}/${task.subject}`
  // Written before reading files of any size; a submission reads nothing of others.
  const isCountedBefore = task.type === 'collect'
  if (isCountedBefore && (await parts.store.countTrouble(name, 'the process ended while it was at work')) > mostTroubles) {
    return failForGood(parts, task)
  }
  try {
    await work()
    if (isCountedBefore) await parts.store.forgetTrouble(name)
  } catch (error) {
    if (isKnownError(error)) {
      if (isCountedBefore) await parts.store.forgetTrouble(name)
      throw error
    }
    const count = isCountedBefore ? 0 : await parts.store.countTrouble(name, error instanceof Error ? error.message : String(error))
    if (count < mostTroubles) throw error
    await failForGood(parts, task)
  }
}

const mayFail: readonly CalculationState[] = ['ready', 'staged', 'ended', 'collected']

async function failForGood(parts: EngineParts, { type, subject }: Task): Promise<void> {
  const trouble = (await parts.store.troubles()).find(({ task }) => task === `${type}/${subject}`)
  const calculation = await parts.store.calculation(subject)
  if (calculation === undefined || !mayFail.includes(calculation.state)) return
  const message = `${type} ended ${mostTroubles} times in a way that nobody foresaw: ${trouble?.message ?? 'no word of it'}`
  const remedy = `Look into the files with \`dopant path ${subject}\` and report it; \`dopant retry ${subject}\` tries once more.`
  try {
    await parts.store.transition(calculation, 'failed', { actor: type, reason: message }, { failure: { code: 'TASK_POISONED', message, remedy } })
    await parts.store.forgetTrouble(`${type}/${subject}`)
    parts.say(`${subject}: ${message}`)
    await advanceAfter(parts, [subject])
  } catch (error) {
    if (!isStaleRevision(error)) throw error
  }
}
