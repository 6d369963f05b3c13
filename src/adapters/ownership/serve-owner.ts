import { chmod, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { KnownError } from '../../base/known-error.ts'
import { errorAnswer, lineReader, longestQuestionBytes, question, type Answer } from './owner-protocol.ts'
import { ownerSocketPath } from './runtime-folder.ts'

export type OwnerHandlers = Readonly<Record<string, (params: unknown) => Promise<unknown>>>

export interface OwnerService {
  close(): Promise<void>
}

/**
 * Lets other commands of the same user ask this process, which owns the project.
 *
 * Call it only while holding the project (see `ownProject`): a socket file that lies there is then a leftover.
 */
export async function serveOwner(key: string, handlers: OwnerHandlers): Promise<OwnerService> {
  const path = await ownerSocketPath(key)
  await rm(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    receive(socket, handlers)
  })
  await listen(server, path)
  server.unref()
  await chmod(path, 0o600)
  return { close: () => stop(server, open) }
}

function receive(socket: Socket, handlers: OwnerHandlers): void {
  socket.on('error', () => socket.destroy()) // the other command was stopped: nobody waits for the answer
  socket.setTimeout(60_000, () => socket.destroy())
  const reply = (answer: Answer) => socket.end(`${JSON.stringify(answer)}\n`)
  const onLine = (line: string) => void answerTo(line, handlers).then(reply)
  socket.on(
    'data',
    lineReader(longestQuestionBytes, onLine, (error) => reply(errorAnswer(error))),
  )
}

async function answerTo(line: string, handlers: OwnerHandlers): Promise<Answer> {
  try {
    const { method, params } = question.parse(JSON.parse(line))
    const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined
    if (handler === undefined) throw new OwnerMethodUnknownError(method)
    return { result: await handler(params) }
  } catch (error) {
    return errorAnswer(error)
  }
}

export class OwnerMethodUnknownError extends KnownError {
  readonly code = 'OWNER_METHOD_UNKNOWN'
  readonly remedy = 'Stop the running engine and start it again with the version of this command.'
  constructor(method: string) {
    super(`The running engine does not know the question “${method}”.`)
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })
}

/** Node removes the socket file when it closes a server. */
function stop(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of open) socket.destroy()
  })
}
