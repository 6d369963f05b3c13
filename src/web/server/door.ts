import type { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { isSecret, type Session } from './session.ts'

/**
 * The printed link: exchanges its token for the cookie.
 *
 * It answers with a page that goes on by itself: after a redirect from another site's link a strict cookie would not be sent.
 */
export function addDoor(app: Hono, session: Session): void {
  app.get('/enter', (context) => {
    if (!isSecret(context.req.query('token'), session.linkToken)) return context.html(closedPage, 401)
    setCookie(context, session.cookieName, session.cookieValue, { httpOnly: true, sameSite: 'Strict', path: '/' })
    return context.html(openPage)
  })
}

const head = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'

const openPage = `${head}<meta http-equiv="refresh" content="0;url=/"><title>dopant</title></head><body><p><a href="/">Go on to the dashboard</a></p></body></html>`

/** Shown to whoever has no session. */
export const closedPage = `${head}<title>dopant: no session</title></head><body><h1>This dashboard needs its link</h1>
<p>Open the link that <code>dopant serve</code> printed in your terminal. Every start has a link of its own.</p></body></html>`
