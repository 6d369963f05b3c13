import type { Writable } from 'node:stream'

/** A program and its arguments. Quoting for a remote shell happens in the transport and nowhere else. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly folder?: string
}

/** What a command said. A non-zero exit is a result; a lost connection is an error. */
export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface FileToSend {
  /** Relative to the remote folder; never absolute, never leaves the folder. */
  readonly path: string
  readonly content: string | Uint8Array
  readonly executable?: boolean
}

export interface Received {
  readonly bytes: number
  readonly sha256: string
}

/** This machine, or a login node over SSH. */
export interface Transport {
  readonly host: string
  run(command: Command, options?: { readonly signal?: AbortSignal; readonly input?: string }): Promise<CommandResult>
  /** Atomic per file (temporary name, then rename) and verified. */
  upload(files: readonly FileToSend[], remoteFolder: string): Promise<void>
  /** Streamed and verified; throws RemoteFileMissingError when there is no such file. */
  download(remotePath: string, into: Writable): Promise<Received>
  close(): Promise<void>
}
