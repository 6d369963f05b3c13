import type { Digest, Notifier } from '../../ports/notifier.ts'
import { NotificationFailedError } from './notification-error.ts'

const timeoutMs = 10_000

export type NotifierSettings = Pick<Notifier, 'kinds' | 'digestSeconds'>

/** Posts a digest as JSON. The address is a secret: no message, no cause and no log names it. */
export function webhook(url: string, settings: NotifierSettings): Notifier {
  const name = 'webhook'
  const send = async (digest: Digest, signal: AbortSignal): Promise<void> => {
    const status = await post(url, JSON.stringify(digest), signal).catch((error: unknown) => {
      throw new NotificationFailedError(name, reasonOf(error))
    })
    if (status < 200 || status > 299) throw new NotificationFailedError(name, `the server answered ${status}`)
  }
  return { name, ...settings, send }
}

/** A redirection is an answer like any other: it is not followed, for it could lead the digest elsewhere. */
async function post(url: string, body: string, ended: AbortSignal): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const signal = AbortSignal.any([ended, AbortSignal.timeout(timeoutMs)])
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
  await response.body?.cancel()
  return response.status
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it could not be sent'
  if (error.name === 'AbortError') return 'no answer before the engine stopped'
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`
  const { code } = (error.cause ?? {}) as { readonly code?: unknown }
  return typeof code === 'string' ? `it could not be sent (${code})` : 'it could not be sent'
}
