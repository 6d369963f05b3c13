import type { Readable, Writable } from 'node:stream'
import type { Silence } from '../silence.ts'

/** How a process at the site ended; no exit code when the link went away first. */
export interface RemoteEnd {
  readonly exitCode?: number
  readonly reason?: string
  /** Certain: the line never reached the site, and may be handed over again. */
  readonly neverStarted?: boolean
}

export interface RemoteProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Never rejects; settles after the streams are through, or were torn down. */
  readonly ended: Promise<RemoteEnd>
  /** Lets go: what the process left in the background goes on. */
  stop(): void
  /** Ends it, as far as the server lets us. */
  kill(): void
}

/**
 * One line handed to the login shell of the site, whichever that is: all that a way of connecting must offer.
 * Everything else (framing, quoting, transfers) is built on it once.
 */
export interface RemoteShell {
  readonly host: string
  /** @throws SiteUnreachableError, AuthenticationError or a host-key error when there is no way in */
  open(line: string, signal?: AbortSignal): Promise<RemoteProcess>
  close(): Promise<void>
  /** By default no command may be silent for ever. */
  readonly silence?: Silence
}
