import { z } from 'zod'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import { OwnerMessageTooLongError } from './ownership-errors.ts'

/** One JSON document a line, in both directions. A question carries everything; an answer carries one of its two fields. */
export const question = z.object({ method: z.string(), params: z.unknown().optional() })
export const answer = z.object({
  result: z.unknown().optional(),
  error: z
    .object({
      name: z.string(),
      message: z.string(),
      known: z
        .object({
          code: z.string(),
          remedy: z.string(),
          retryable: z.boolean(),
          exitCode: z.union([z.literal(1), z.literal(2), z.literal(3)]),
        })
        .optional(),
    })
    .optional(),
})
export type Answer = z.infer<typeof answer>

export const longestQuestionBytes = 32 * 1024 * 1024
export const longestAnswerBytes = 256 * 1024 * 1024

/** Collects chunks until a line is complete; what follows the line is ignored, for there is one message each way. */
export function lineReader(
  limitBytes: number,
  onLine: (line: string) => void,
  onTooLong: (error: Error) => void,
) {
  const chunks: Buffer[] = []
  let bytes = 0
  let isDone = false
  return (chunk: Buffer): void => {
    if (isDone) return
    const end = chunk.indexOf(0x0a)
    chunks.push(end < 0 ? chunk : chunk.subarray(0, end))
    bytes += end < 0 ? chunk.length : end
    isDone = end >= 0 || bytes > limitBytes
    if (bytes > limitBytes) onTooLong(new OwnerMessageTooLongError(limitBytes))
    else if (end >= 0) onLine(Buffer.concat(chunks).toString('utf8'))
  }
}

export function errorAnswer(error: unknown): Answer {
  if (!(error instanceof Error))
    return { result: undefined, error: { name: 'Error', message: String(error) } }
  const { name, message } = error
  if (!isKnownError(error)) return { result: undefined, error: { name, message } }
  const { code, remedy, retryable, exitCode } = error
  return { result: undefined, error: { name, message, known: { code, remedy, retryable, exitCode } } }
}

/** An error that happened in the owner, with its code and remedy. */
export class ErrorFromOwner extends KnownError {
  readonly code: string
  readonly remedy: string
  override readonly retryable: boolean
  override readonly exitCode: 1 | 2 | 3
  constructor(
    message: string,
    known: { code: string; remedy: string; retryable: boolean; exitCode: 1 | 2 | 3 },
  ) {
    super(message)
    this.code = known.code
    this.remedy = known.remedy
    this.retryable = known.retryable
    this.exitCode = known.exitCode
  }
}

export function errorOf(failure: NonNullable<Answer['error']>): Error {
  if (failure.known !== undefined) return new ErrorFromOwner(failure.message, failure.known)
  return Object.assign(new Error(failure.message), { name: failure.name })
}
