import { isKnownError } from '../../../base/known-error.ts'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import { AuthenticationError, SshNegotiationError } from '../../../ports/transport-login-errors.ts'
import type { HostConfig } from './host-config.ts'
import type { Login } from './log-in.ts'

type ConnectingError = Error & { readonly level?: string; readonly code?: string }

/** What went wrong while connecting, as the error that its reader can act on. */
export function explainConnecting(
  config: HostConfig,
  error: ConnectingError,
  login: Login,
  refusal: unknown,
): Error {
  if (isKnownError(refusal)) return refusal
  const { alias, host, port, user } = config
  if (error.level === 'client-authentication') return refusedLogin(`${user}@${alias}`, login)
  if (/too many authentication failures/i.test(error.message)) {
    const remedy = `Name the right key for ${alias} in ~/.ssh/config with IdentityFile and IdentitiesOnly yes.`
    return new AuthenticationError(`${user}@${alias}`, 'too many keys were offered', remedy, { cause: error })
  }
  if (/no matching|unsupported algorithm/i.test(error.message))
    return new SshNegotiationError(alias, error.message, { cause: error })
  if (/bad packet length/i.test(error.message))
    return new SshNegotiationError(alias, 'the server sends more at once than can be taken, such as a banner of over 35 kB before the login', { cause: error })
  const known = error.code === undefined ? undefined : reasons[error.code]
  const reason = refusal instanceof Error ? refusal.message : (known?.(`${host}:${port}`) ?? error.message)
  return new SiteUnreachableError(alias, reason, { cause: error })
}

const reasons: Readonly<Record<string, (address: string) => string>> = {
  ENOTFOUND: (address) => `the name in ${address} is not known to the name service (DNS)`,
  EAI_AGAIN: (address) => `the name service (DNS) does not answer for ${address}`,
  ECONNREFUSED: (address) => `${address} refuses the connection`,
  ETIMEDOUT: (address) => `${address} does not answer`,
  EHOSTUNREACH: (address) => `there is no route to ${address}`,
  ENETUNREACH: (address) => `there is no network to ${address}`,
  ECONNRESET: (address) => `${address} closed the connection`,
}

function refusedLogin(who: string, { problems, accepted }: Login): AuthenticationError {
  const takes = accepted.length === 0 ? '' : ` The server takes ${[...new Set(accepted)].join(', ')}.`
  const first = problems[0]
  const remedy = first === undefined ? undefined : `Mend this first: ${first}.`
  return new AuthenticationError(
    who,
    `none of the keys and answers was accepted.${takes}${problems.map((p) => ` Note: ${p}.`).join('')}`,
    remedy,
  )
}
