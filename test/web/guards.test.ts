import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../src/web/api-types.ts'
import { addManyCalculations } from './many-calculations.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dashboardBed, type DashboardBed } from './dashboard-bed.ts'

/** Plain requests, as somebody else's page or program would send them. */
describe('who may ask the dashboard', () => {
  let bed: DashboardBed
  let base: string
  let cookie: string
  let csrfToken: string

  beforeAll(async () => {
    bed = await dashboardBed(temporaryFolder(), (store) => addManyCalculations(store, 20))
    base = new URL(bed.dashboard.link).origin
    const entered = await fetch(bed.dashboard.link)
    cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
    csrfToken = ((await (await fetch(`${base}/api/snapshot`, { headers: { cookie } })).json()) as Snapshot).csrfToken
  })
  afterAll(() => bed.close())

  const post = (headers: Readonly<Record<string, string>>) =>
    fetch(`${base}/api/actions/pause`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ ids: ['large'] }) })

  it('gives a cookie that scripts cannot read and other sites cannot send, for the link alone', async () => {
    const entered = await fetch(bed.dashboard.link)
    const guessed = await fetch(`${base}/enter?token=guessed`)

    expect(entered.headers.get('set-cookie')).toMatch(/^dopant-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect([guessed.status, guessed.headers.get('set-cookie')]).toEqual([401, null])
  })

  it('shows nothing without the cookie: no page, no data, no news', async () => {
    const answers = await Promise.all(['/', '/assets/x.js', '/api/snapshot', '/api/news', '/api/file?id=large/x/relax&name=INCAR'].map((path) => fetch(base + path)))

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
  })

  it('answers no POST without its own token, from another origin, or with another kind of content', async () => {
    const right = { cookie, origin: base, 'x-dopant-token': csrfToken }
    const { 'x-dopant-token': _, ...tokenless } = right

    const refused = await Promise.all([
      post(tokenless),
      post({ ...right, 'x-dopant-token': 'wrong' }),
      post({ ...right, origin: 'http://evil.example' }),
      post({ cookie, 'x-dopant-token': csrfToken }),
      post({ ...right, 'sec-fetch-site': 'cross-site' }),
      post({ ...right, 'content-type': 'text/plain' }),
      post({ origin: base, 'x-dopant-token': csrfToken }),
    ])

    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 401])
    expect((await bed.store.events()).filter(({ actor }) => actor === 'dashboard')).toEqual([])
    expect((await post(right)).status).toBe(200)
  })

  it('refuses a name that is not this machine, which is how a rebound name shows', async () => {
    const asked = await Promise.all(['evil.example', 'evil.example:4410', '127.0.0.1.evil.example', 'localhost:9000', '[::1]:9000'].map((host) => statusFor(base, host, cookie)))

    expect(asked).toEqual([421, 421, 421, 200, 200])
  })

  it('sends a policy that lets no foreign or inline script run with every answer', async () => {
    const answers = await Promise.all([fetch(`${base}/`, { headers: { cookie } }), fetch(`${base}/api/snapshot`), fetch(bed.dashboard.link)])

    for (const answer of answers) {
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    }
  })

  it('keeps its secrets out of the page, its parts and the log', async () => {
    const page = await (await fetch(`${base}/`, { headers: { cookie } })).text()
    const script = await (await fetch(`${base}${/src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? ''}`, { headers: { cookie } })).text()
    const secrets = [cookie.split('=')[1] ?? '?', csrfToken, new URL(bed.dashboard.link).searchParams.get('token') ?? '?']

    for (const text of [page, script, bed.said.join('\n')]) for (const secret of secrets) expect(text).not.toContain(secret)
  })

  it('says what is wrong with a request that it does not understand', async () => {
    const right = { cookie, origin: base, 'x-dopant-token': csrfToken, 'content-type': 'application/json' }
    const broken = await fetch(`${base}/api/actions/pause`, { method: 'POST', headers: right, body: '{' })
    const unknown = await fetch(`${base}/api/calculation?id=nothing`, { headers: { cookie } })

    expect([broken.status, unknown.status]).toEqual([400, 404])
    expect(await unknown.json()).toMatchObject({ code: 'CALCULATION_UNKNOWN', remedy: expect.stringContaining('dopant') as string })
  })
})

/** `fetch` writes the host itself; this one is written by hand. */
function statusFor(base: string, host: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(`${base}/api/snapshot`, { headers: { host, cookie }, setHost: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
    asking.once('error', reject)
    asking.end()
  })
}
