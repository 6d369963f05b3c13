import { KnownError } from '../../base/known-error.ts'

/** The message never holds an address: those of chat services are passwords. */
export class NotificationFailedError extends KnownError {
  readonly code = 'NOTIFICATION_FAILED'
  readonly remedy = 'Correct it under notifications in dopant.yaml or in your own config.yaml (docs/engine.md).'
  override readonly exitCode = 3
  constructor(name: string, reason: string) {
    super(`The notification by ${name} failed: ${reason}.`)
  }
}
