import type { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { isKnownError } from '../../../base/known-error.ts'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import { whenSilent } from '../silence.ts'
import { collectBytes } from './collect-bytes.ts'
import { framedScript, loginLine, newMarker } from './framed-script.ts'
import { MarkedStream } from './marked-stream.ts'
import type { RemoteEnd, RemoteProcess, RemoteShell } from './remote-shell.ts'

export interface ScriptTask<T> {
  /** For a POSIX shell; every value in it is quoted already. */
  readonly script: string
  readonly signal?: AbortSignal | undefined
  /** Writes the script's input and ends it. */
  readonly send?: (input: Writable) => Promise<void>
  /** Reads the script's own output to its end. */
  readonly receive: (output: Readable) => Promise<T>
  /** How long rc files may take before the script's first word. */
  readonly startSeconds?: number
}

export interface ScriptResult<T> {
  readonly exitCode: number
  readonly stderr: string
  readonly value: T
}

/** The trouble of whoever reads here, such as a full disk of ours: not the site's, and no reason to try again. */
export class LocalTrouble extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause })
  }
}

const stderrLimitBytes = 16 * 1024 * 1024

/**
 * Runs a script at the site, whatever its login shell and rc files say around it.
 *
 * @throws SiteUnreachableError when the link goes away or the login shell does not start the script
 */
export async function runScript<T>(shell: RemoteShell, task: ScriptTask<T>): Promise<ScriptResult<T>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(shell, task)
    } catch (error) {
      if (!(error instanceof NeverStarted)) throw error
      if (attempt >= 10) throw error.cause
      await wait(20 * attempt)
    }
  }
}

/** The site has seen nothing of the script, for certain: the one case in which any script may be sent again. */
class NeverStarted extends Error {}

async function runOnce<T>(shell: RemoteShell, task: ScriptTask<T>): Promise<ScriptResult<T>> {
  const { signal } = task
  signal?.throwIfAborted()
  const patienceSeconds = shell.silence?.patienceSeconds()
  const remote = await shell.open(loginLine, signal)
  const marker = newMarker()
  const [out, err] = [new MarkedStream(marker), new MarkedStream(marker)]
  const stopWatching = watch(remote, [out, err], { ...task, patienceSeconds })
  try {
    connect(remote.stdout, out)
    connect(remote.stderr, err)
    feed(remote, framedScript(task.script, marker), task.send)
    const [value, stderr] = await Promise.all([
      task.receive(out),
      collectBytes(err, stderrLimitBytes, shell.host),
    ])
    shell.silence?.isOver()
    return { exitCode: out.exitCode ?? 255, stderr: stderr.toString('utf8'), value }
  } catch (cause) {
    throw await explain(cause, { shell, remote, out, err, signal })
  } finally {
    stopWatching()
    remote.stop()
  }
}

/** A stream that is torn down without an end must not leave its reader waiting. */
function connect(source: Readable, into: MarkedStream): void {
  const tear = (): void => {
    if (!into.writableEnded && into.exitCode === undefined) into.destroy(new Error('the stream was closed'))
  }
  into.on('error', () => undefined) // its reader is told, and may have left already
  source.once('error', tear).once('close', tear).pipe(into)
}

/** What is not read is no error: the exit code tells whether the script had what it needed. */
function feed(remote: RemoteProcess, line: string, send: ScriptTask<unknown>['send']): void {
  remote.stdin.on('error', () => undefined)
  remote.stdin.write(line)
  if (send === undefined) remote.stdin.end()
  else send(remote.stdin).catch(() => undefined)
}

interface Watched extends Pick<ScriptTask<unknown>, 'signal' | 'startSeconds'> {
  readonly patienceSeconds: number | undefined
}

/** Cut short by the caller, by the clock or by silence: our side is torn down at once, whatever the link does. */
function watch(
  remote: RemoteProcess,
  streams: readonly MarkedStream[],
  { signal, startSeconds = 60, patienceSeconds }: Watched,
): () => void {
  const cut = (error: Error): void => {
    remote.kill()
    for (const stream of streams) stream.destroy(error)
  }
  const abort = (): void => cut(new Error('aborted'))
  const late = (): void => cut(new TooSlow(`nothing came within ${startSeconds} s`))
  const timer = setTimeout(late, startSeconds * 1000)
  streams[0]?.once('started', () => clearTimeout(timer))
  signal?.addEventListener('abort', abort, { once: true })
  // What is still to be sent shrinks while the site takes it.
  const life = (): number => streams.reduce((sum, { bytesSeen }) => sum + bytesSeen, -remote.stdin.writableLength)
  const stopListening = patienceSeconds === undefined ? undefined : whenSilent(patienceSeconds, life, () => cut(new TooSilent(patienceSeconds)))
  return () => {
    stopListening?.()
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

class TooSlow extends Error {}

class TooSilent extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super(`nothing was said for ${seconds} s`)
    this.seconds = seconds
  }
}

interface Broken {
  readonly shell: RemoteShell
  readonly remote: RemoteProcess
  readonly out: MarkedStream
  readonly err: MarkedStream
  readonly signal: AbortSignal | undefined
}

async function explain(cause: unknown, { shell, remote, out, err, signal }: Broken): Promise<unknown> {
  if (signal?.aborted === true) return signal.reason
  if (cause instanceof TooSilent && shell.silence !== undefined) return shell.silence.happened(cause.seconds)
  if (
    isKnownError(cause) ||
    cause instanceof LocalTrouble ||
    (out.exitCode !== undefined && err.exitCode !== undefined)
  )
    return cause
  const end = cause instanceof TooSlow ? { reason: cause.message } : await soon(remote.ended)
  const error = new SiteUnreachableError(shell.host, whyNoEnd(end, out, err), { cause })
  return end.neverStarted === true && !out.started ? new NeverStarted('', { cause: error }) : error
}

/** Whoever ended first says why; a link that says nothing is not waited for. */
function soon(ended: Promise<RemoteEnd>): Promise<RemoteEnd> {
  return Promise.race([ended, wait(2000, {}, { ref: false })])
}

function whyNoEnd(end: RemoteEnd, out: MarkedStream, err: MarkedStream): string {
  if (out.started) return end.reason ?? 'the connection was lost while a command was running'
  const said = `${out.chatter} ${err.chatter}`
    .replaceAll(/[^\P{C}\n]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const what =
    end.reason ?? (end.exitCode === undefined ? 'nothing was started' : `exit code ${end.exitCode}`)
  return `its login shell did not run the command (${what})${said === '' ? '' : `, and said: ${said.slice(-300)}`}`
}
