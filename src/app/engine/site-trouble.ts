import { isKnownError, type KnownError } from '../../base/known-error.ts'
import type { EngineParts } from './engine-parts.ts'

/** Not retryable by a program, because a person has to act; still no word about any calculation. */
const forPeople: readonly string[] = [
  'SSH_AUTHENTICATION',
  'HOST_KEY_UNKNOWN',
  'HOST_KEY_CHANGED',
  'HOST_KEY_REVOKED',
  'SSH_CONFIG',
  'SSH_NEGOTIATION',
  'SITE_OWNED_ELSEWHERE',
]

/** Raised before the site has been asked to do anything: there is certainly no job of this call. */
const beforeAnything: readonly string[] = [...forPeople, 'WORK_FOLDER_GONE', 'LOGIN_WAITS']

/** Trouble of a site or of the way to it. No calculation changes its state because of it. */
export function isSiteTrouble(error: unknown): boolean {
  return isKnownError(error) && (error.retryable || forPeople.includes(error.code))
}

export function cameBeforeAnything(error: unknown): boolean {
  return isKnownError(error) && beforeAnything.includes(error.code)
}

const repeatMs = 600_000
const saidBy = new WeakMap<EngineParts, Map<string, number>>()

/** Says it once, and again after ten minutes if it still is so: a thousand calculations meet the same trouble. */
export function saySiteTrouble(parts: EngineParts, siteName: string, error: KnownError): void {
  const said = saidBy.get(parts) ?? new Map<string, number>()
  saidBy.set(parts, said)
  const [key, nowMs] = [`${siteName} ${error.code}`, parts.clock.now().getTime()]
  if (Math.abs(nowMs - (said.get(key) ?? -Infinity)) < repeatMs) return // a clock may be set back
  said.set(key, nowMs)
  parts.say(`${siteName}: ${error.message} ${error.remedy}`)
}
