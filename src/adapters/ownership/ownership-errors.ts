import { KnownError } from '../../base/known-error.ts'

/** Another process of this machine works on the project. */
export class ProjectOwnedError extends KnownError {
  readonly code = 'PROJECT_OWNED'
  readonly remedy: string
  readonly pid: number | undefined
  constructor(folder: string, pid: number | undefined) {
    super(
      `${pid === undefined ? 'Another process' : `Process ${pid}`} already works on the project ${folder}.`,
    )
    this.pid = pid
    const stop = pid === undefined ? 'Stop that process' : `Stop process ${pid}`
    this.remedy = `${stop}, then run the command again; \`dopant status\` works beside it.`
  }
}

/** The owner's record names a machine on which we cannot look whether the owner still lives. */
export class ProjectOwnedElsewhereError extends KnownError {
  readonly code = 'PROJECT_OWNED_ELSEWHERE'
  readonly remedy: string
  constructor(
    folder: string,
    owner: { readonly host: string; readonly pid: number; readonly since: string },
  ) {
    super(`Process ${owner.pid} on ${owner.host} works on the project ${folder} since ${owner.since}.`)
    this.remedy = `Stop it there; when it is certain that nothing runs on ${owner.host}, repeat the command with --take-over.`
  }
}

/** Somebody else could write where our socket should be. */
export class RuntimeFolderUnsafeError extends KnownError {
  readonly code = 'RUNTIME_FOLDER_UNSAFE'
  readonly remedy: string
  constructor(folder: string, reason: string) {
    super(`The folder ${folder} cannot hold a private socket: ${reason}.`)
    this.remedy = `Remove ${folder}, or set XDG_RUNTIME_DIR to a folder that only you can enter.`
  }
}

/** The owner went away between two calls, or never was. */
export class OwnerGoneError extends KnownError {
  readonly code = 'OWNER_GONE'
  readonly remedy = 'Run the command again; it opens the project itself when no engine is running.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(reason: string, options?: ErrorOptions) {
    super(`The engine of this project does not answer: ${reason}.`, options)
  }
}

export class OwnerMessageTooLongError extends KnownError {
  readonly code = 'OWNER_MESSAGE_TOO_LONG'
  readonly remedy = 'Ask for less at once, for instance one screen or one state.'
  constructor(limitBytes: number) {
    super(`A message between this command and the engine is longer than ${limitBytes} bytes.`)
  }
}
