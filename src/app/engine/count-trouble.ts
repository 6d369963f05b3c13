import { isKnownError } from '../../base/known-error.ts'
import type { Task } from '../../ports/queue.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import type { CalculationState } from '../../workflow/calculation-state.ts'
import { advanceAfter } from './advance.ts'
import type { EngineParts } from './engine-parts.ts'
import { ReadingRoom } from './reading-room.ts'

/** So often a task about one calculation may end unforeseen, or take the whole process with it. */
export const mostTroubles = 5

/**
 * Does a task and counts in the store when it ends in something that nobody foresaw, also when the process dies in it: a file that
 * takes all memory must not stop the rest for ever, whatever becomes of the queue. After five times the calculation waits for a person.
 */
export async function countTrouble(parts: EngineParts, task: Task, work: () => Promise<void>): Promise<void> {
  if (task.type === 'collect') return collectInRoom(parts, task, work)
  if (task.type !== 'submit') return work()
  try {
    await work()
  } catch (error) {
    if (isKnownError(error)) throw error
    // A submission reads nothing of others: it is counted when it has gone wrong.
    if ((await parts.store.countTrouble(nameOf(task), wordsOf(error))) < mostTroubles) throw error
    await failForGood(parts, task)
  }
}

const rooms = new WeakMap<EngineParts, ReadingRoom>()

/**
 * Reading files of any size is counted before it begins. Whatever is read beside a file that ends the process is counted too, and is read
 * alone the next time: so the count of the others never grows with it.
 */
async function collectInRoom(parts: EngineParts, task: Task, work: () => Promise<void>): Promise<void> {
  const room = rooms.get(parts) ?? new ReadingRoom()
  rooms.set(parts, room)
  const isSuspect = (await parts.store.troubles()).some((each) => each.task === nameOf(task))
  const leave = await room.enter((await parts.store.calculation(task.subject))?.plan.electronCount ?? 0, isSuspect)
  try {
    await countedBefore(parts, task, work)
  } finally {
    leave()
  }
}

async function countedBefore(parts: EngineParts, task: Task, work: () => Promise<void>): Promise<void> {
  const { store } = parts
  if ((await store.countTrouble(nameOf(task), 'the process ended while it was at work')) > mostTroubles) return failForGood(parts, task)
  try {
    await work()
    await store.forgetTrouble(nameOf(task))
  } catch (error) {
    if (!isKnownError(error)) throw error
    await store.forgetTrouble(nameOf(task))
    throw error
  }
}

function nameOf({ type, subject }: Task): string {
  return `${type}/${subject}`
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
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
