import { setImmediate as othersAskFirst } from 'node:timers/promises'
import { isKnownError } from '../../base/known-error.ts'
import { storeFailure } from './database-errors.ts'

/** The answer to one of many questions, or what this one alone is refused with. */
export type Answer<A> = { readonly answer: A } | { readonly refusal: Error }

/** Answers all, in the order of the questions, in one statement. */
export type AnswerAll<Q, A> = (questions: readonly Q[]) => Promise<readonly Answer<A>[]>

interface Asked<Q, A> {
  readonly question: Q
  readonly resolve: (answer: A) => void
  readonly reject: (error: unknown) => void
}

/** A statement with more rows is not cheaper for each of them, and keeps the database from the others. */
const mostAtOnce = 100

/**
 * One statement for all that is asked at the same time: what comes while a statement is under way goes together into the next one.
 * Nobody gets an answer that was read before the question. Where a statement fails and the database is well, each is asked alone,
 * so that one bad record never costs the others anything.
 */
export function gathered<Q, A>(answerAll: AnswerAll<Q, A>): (question: Q) => Promise<A> {
  const waiting: Asked<Q, A>[] = []
  let isAtWork = false
  const work = async (): Promise<void> => {
    isAtWork = true
    while (waiting.length > 0) {
      await othersAskFirst()
      await answerTogether(answerAll, waiting.splice(0, mostAtOnce))
    }
    isAtWork = false
  }
  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!isAtWork) void work()
    })
}

async function answerTogether<Q, A>(answerAll: AnswerAll<Q, A>, asked: readonly Asked<Q, A>[]): Promise<void> {
  try {
    const answers = await answerAll(asked.map(({ question }) => question))
    asked.forEach((each, i) => tell(each, answers[i]))
  } catch (thrown) {
    const error = storeFailure(thrown)
    if (asked.length === 1 || isKnownError(error)) asked.forEach(({ reject }) => reject(error))
    else for (const each of asked) await answerTogether(answerAll, [each])
  }
}

function tell<Q, A>({ resolve, reject }: Asked<Q, A>, given: Answer<A> | undefined): void {
  if (given === undefined) reject(new Error('a statement gave fewer answers than there were questions'))
  else if ('refusal' in given) reject(given.refusal)
  else resolve(given.answer)
}

/** For reads: every different question once, and the answer by question. */
export function gatheredReads<A>(readAll: (keys: readonly string[]) => Promise<ReadonlyMap<string, A>>, otherwise: A): (key: string) => Promise<A> {
  return gathered(async (keys) => {
    const found = await readAll([...new Set(keys)])
    return keys.map((key) => ({ answer: found.get(key) ?? otherwise }))
  })
}

/** For reads that ask for nothing in particular: one answer for all who ask at the same time. */
export function shared<A>(read: () => Promise<A>): () => Promise<A> {
  const ask = gathered<undefined, A>(async (asked) => {
    const answer = await read()
    return asked.map(() => ({ answer }))
  })
  return () => ask(undefined)
}
