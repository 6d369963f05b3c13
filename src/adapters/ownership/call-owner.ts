import { createConnection } from 'node:net'
import { answer, errorOf, lineReader, longestAnswerBytes } from './owner-protocol.ts'
import { OwnerGoneError } from './ownership-errors.ts'
import { ownerSocketPath } from './runtime-folder.ts'

export interface OwnerAnswer {
  readonly result: unknown
}

/**
 * Asks the process that owns the project.
 *
 * @param key see `projectKey`
 * @param params plain JSON
 * @returns undefined when there is no owner; the answer is wrapped because it may itself be undefined
 * @throws the owner's KnownError with its code, message and remedy
 * @throws OwnerGoneError when the owner goes away before it has answered
 */
export async function callOwner(
  key: string,
  method: string,
  params?: unknown,
  timeoutMs = 60_000,
): Promise<OwnerAnswer | undefined> {
  const line = await exchange(
    await ownerSocketPath(key),
    `${JSON.stringify({ method, params })}\n`,
    timeoutMs,
  )
  if (line === undefined) return undefined
  const { result, error } = answer.parse(JSON.parse(line))
  if (error !== undefined) throw errorOf(error)
  return { result }
}

function exchange(path: string, message: string, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path)
    let isConnected = false
    const finish = (settle: () => void) => {
      socket.destroy()
      settle()
    }
    socket.once('connect', () => {
      isConnected = true
      socket.write(message)
    })
    socket.on(
      'data',
      lineReader(
        longestAnswerBytes,
        (line) => finish(() => resolve(line)),
        (error) => finish(() => reject(error)),
      ),
    )
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      // ECONNREFUSED is the leftover file of an owner that was killed.
      if (!isConnected && (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED'))
        return finish(() => resolve(undefined))
      finish(() => reject(new OwnerGoneError(cause.message, { cause })))
    })
    socket.on('close', () => reject(new OwnerGoneError('it closed the connection')))
    socket.setTimeout(timeoutMs, () =>
      finish(() => reject(new OwnerGoneError(`no answer within ${timeoutMs / 1000} s`))),
    )
  })
}
