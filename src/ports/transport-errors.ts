import { KnownError } from '../base/known-error.ts'

/** The site, or the way to it, is unwell. Says nothing about any job. */
export class SiteUnreachableError extends KnownError {
  readonly code = 'SITE_UNREACHABLE'
  readonly remedy = 'Check the connection to the site; everything goes on by itself when it is back.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(host: string, reason: string, options?: ErrorOptions) {
    super(`The site ${host} cannot be reached: ${reason}`, options)
  }
}

/** The connection stands and a command says nothing: a file system that hangs. Says nothing about any job. */
export class SiteSilentError extends KnownError {
  readonly code = 'SITE_SILENT'
  readonly remedy = 'Look on the site whether its work folder answers (`ls` there); everything goes on by itself when it does.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(host: string, reason: string) {
    super(`The site ${host} does not answer: ${reason}.`)
  }
}

export class RemoteFileMissingError extends KnownError {
  readonly code = 'REMOTE_FILE_MISSING'
  readonly remedy = 'Look into the folder of the calculation on the site, which `dopant show` names.'
  override readonly exitCode = 3
  readonly path: string
  constructor(host: string, path: string) {
    super(`There is no file ${path} on ${host}.`)
    this.path = path
  }
}

export class RemoteWriteError extends KnownError {
  readonly code = 'REMOTE_WRITE_FAILED'
  readonly remedy = 'Make room or permissions in the site’s work folder, then run the command again.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(host: string, path: string, reason: string, options?: ErrorOptions) {
    super(`Writing ${path} on ${host} failed: ${reason}`, options)
  }
}

/** A path that would leave the folder it belongs to. */
export class UnsafePathError extends KnownError {
  readonly code = 'UNSAFE_PATH'
  readonly remedy = 'Use a relative path without `..` that stays inside the folder.'
  constructor(path: string) {
    super(`The path ${JSON.stringify(path)} leaves its folder.`)
  }
}

/** The file was there, but what came over is not what the site has: it changed meanwhile, or could not be read. */
export class RemoteReadError extends KnownError {
  readonly code = 'REMOTE_READ_FAILED'
  readonly remedy =
    'Try again when the file is no longer being written, and check its permissions on the site.'
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(host: string, path: string, reason: string, options?: ErrorOptions) {
    super(`Reading ${path} on ${host} failed: ${reason}`, options)
  }
}

/** A command printed more than anybody wants to hold in memory. */
export class RemoteOutputTooLongError extends KnownError {
  readonly code = 'REMOTE_OUTPUT_TOO_LONG'
  readonly remedy = 'Let the command write a file, and download that.'
  override readonly exitCode = 3
  constructor(host: string, limitBytes: number) {
    super(`A command on ${host} printed more than ${limitBytes} bytes.`)
  }
}
