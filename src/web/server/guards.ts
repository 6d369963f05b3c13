import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { isSecret, type Session } from './session.ts'

/** No inline script, nothing from elsewhere, never in a frame. Styles set by scripts are properties, which no policy needs to allow. */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer, refusals included. */
export const safeHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  const { headers } = context.res
  headers.set('Content-Security-Policy', contentPolicy)
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Referrer-Policy', 'no-referrer')
  headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  headers.set('Cross-Origin-Resource-Policy', 'same-origin')
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
}

/**
 * Refuses a name that is not this machine's own: a page elsewhere whose name was made to point here (DNS rebinding)
 * shows its own name. Any port is let through, because a tunnel may end at another one.
 */
export const onlyLoopbackNames: MiddlewareHandler = async (context, next) => {
  const name = hostName(context.req.header('host'))
  if (name === undefined || !loopbackNames.includes(name)) return refuse(context, 421, 'WEB_HOST_REFUSED', 'The dashboard answers to 127.0.0.1 and localhost only.')
  return next()
}

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]']

function hostName(host: string | undefined): string | undefined {
  return host === undefined ? undefined : /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host.toLowerCase())?.[1]
}

/** Everything but the door needs the cookie. */
export function onlyWithCookie(session: Session): MiddlewareHandler {
  return async (context, next) => {
    if (isSecret(getCookie(context, session.cookieName), session.cookieValue)) return next()
    return refuse(context, 401, 'WEB_NO_SESSION', 'Open the link that `dopant serve` printed.')
  }
}

/** What changes something comes from our own page: same origin, our token, JSON. */
export function onlyOwnPosts(session: Session): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method === 'GET' || context.req.method === 'HEAD') return next()
    const why = foreignReason(context, session)
    return why === undefined ? next() : refuse(context, 403, 'WEB_FOREIGN_REQUEST', why)
  }
}

function foreignReason(context: Context, session: Session): string | undefined {
  const header = (name: string): string | undefined => context.req.header(name)
  if (header('origin') !== `http://${header('host')}`) return 'The request does not come from the dashboard itself.'
  const site = header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return 'The request does not come from the dashboard itself.'
  if (!isSecret(header('x-dopant-token'), session.csrfToken)) return 'The page is from an earlier start of the dashboard; reload it.'
  if (header('content-type')?.split(';')[0] !== 'application/json') return 'The request is not JSON.'
  return undefined
}

function refuse(context: Context, status: 401 | 403 | 421, code: string, message: string): Response {
  return context.json({ code, message, remedy: 'Open the link that `dopant serve` printed.' }, status)
}
