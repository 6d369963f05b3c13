import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { loadNotifiers } from '../../../src/adapters/config/notifications.ts'
import { commandHook } from '../../../src/adapters/notifications/command-hook.ts'
import { webhook } from '../../../src/adapters/notifications/webhook.ts'
import { openProjectStorage, type ProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { countTrouble, mostTroubles } from '../../../src/app/engine/count-trouble.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { startNotifying } from '../../../src/app/engine/notify.ts'
import { noticeKinds, type Digest, type Notifier } from '../../../src/ports/notifier.ts'
import { mgoPlan, mgoScreen } from '../../contracts/store-fixtures.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'

const secret = 'T0KEN-nobody-may-see'
/** The digest's time never ends in a test: what is left goes out when the engine stops. */
const all = { kinds: noticeKinds, digestSeconds: 3600 }

describe('people are told', () => {
  const said: string[] = []
  const received: { readonly path: string; readonly digest: Digest }[] = []
  let server: Server
  let storage: ProjectStorage
  let status = 204
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`
  const parts = (notifiers: readonly Notifier[]) => ({ ...storage, clock: systemClock, say: (line: string) => void said.push(line), notifiers })

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        received.push({ path: request.url ?? '', digest: JSON.parse(body) as Digest })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    storage = await openProjectStorage({ folder: withDatabase(join(temporaryFolder(), '.dopant')), env: {} })
  })
  afterAll(async () => {
    await storage?.close()
    server?.close()
  })

  /** Calculations that end one after another. */
  async function end(screen: string, ends: readonly ('done' | 'failed' | 'INPUTS_EDITED')[]): Promise<void> {
    const { store } = storage
    await store.saveScreen(mgoScreen(screen))
    const plans = ends.map((_, i) => mgoPlan(screen, `m${i}`))
    await store.addCalculations(screen, 'local', plans)
    for (const [i, how] of ends.entries()) {
      let calculation = (await store.calculation(plans[i]!.id))!
      const why = { actor: 'test', reason: how === 'done' ? 'a test' : `went wrong: ${how}` }
      calculation = await store.transition(calculation, 'ready', why)
      if (how === 'done') await store.transition(await store.transition(calculation, 'collected', why), 'done', why)
      else await store.transition(calculation, 'failed', why, { failure: { code: how, message: why.reason, remedy: 'look' } })
    }
  }

  it('by a web server: the first at once, the rest together, with how the screen stands', async () => {
    const notifying = startNotifying(parts([webhook(address(), all)]), 0.05)
    await wait(300)
    await end('web', ['done'])
    await until(() => received.length === 1)
    await end('web2', ['done', 'failed', 'INPUTS_EDITED', 'done'])
    await notifying.stop()

    expect(received.map(({ path }) => path)).toEqual([`/${secret}`, `/${secret}`])
    expect(received[0]?.digest.notices.map(({ kind, calculationId }) => [kind, calculationId])).toEqual([['finished', 'web/m0/relax']])
    expect(received[1]?.digest.notices.map(({ kind }) => kind)).toEqual(['finished', 'failed', 'needs-attention', 'finished'])
    expect(received[1]?.digest.screens).toEqual({ web2: { done: 2, failed: 2 } })
    expect(received[1]?.digest.text).toContain('1 needs attention: web2/m2/relax: went wrong: INPUTS_EDITED')
  })

  it('by a program that reads the digest, and of nothing that it did not ask for', async () => {
    const folder = temporaryFolder()
    const program = join(folder, 'tell.sh')
    writeFileSync(program, `#!/bin/sh\ncat >>"${folder}/told.json"\n`)
    chmodSync(program, 0o755)
    const notifying = startNotifying(parts([commandHook([program], { kinds: ['failed'], digestSeconds: 0 })]), 0.05)
    await wait(300)
    await end('program', ['done', 'failed'])
    await notifying.stop()

    expect(existsSync(join(folder, 'told.json'))).toBe(true)
    const digest = JSON.parse(readFileSync(join(folder, 'told.json'), 'utf8')) as Digest
    expect(digest.notices.map(({ calculationId, remedy }) => [calculationId, remedy])).toEqual([['program/m1/relax', 'look']])
  })

  it('not twice after a restart, and of what happened meanwhile', async () => {
    const before = received.length
    await startNotifying(parts([webhook(address(), all)]), 0.05).stop()
    await end('restart', ['done'])
    await startNotifying(parts([webhook(address(), all)]), 0.05).stop()
    await startNotifying(parts([webhook(address(), all)]), 0.05).stop()

    const ids = received.slice(before).flatMap(({ digest }) => digest.notices.map(({ calculationId }) => calculationId))
    expect(ids.filter((id) => id === 'restart/m0/relax')).toHaveLength(1)
  })

  it('never at the cost of the engine, and without a word of the address', async () => {
    status = 500
    const missing = commandHook(['/no/such/program'], { kinds: noticeKinds, digestSeconds: 0 })
    const nowhere = webhook(`http://127.0.0.1:1/${secret}`, { kinds: noticeKinds, digestSeconds: 0 })
    const notifying = startNotifying(parts([missing, nowhere, webhook(address(), { ...all, digestSeconds: 0 })]), 0.05)
    await wait(300)
    await end('harmless', ['done', 'done'])
    await until(() => said.filter((line) => line.includes('given up')).length >= 3)
    await notifying.stop()
    status = 204

    expect((await storage.store.summaries({ screenName: 'harmless' })).every(({ state }) => state === 'done')).toBe(true)
    expect(said.join('\n')).toMatch(/server answered 500/)
    expect(said.join('\n')).toMatch(/ENOENT/)
    expect(said.join('\n')).not.toContain(secret)
  })

  it('though another hook hangs, which ends with everything that it started when the engine stops, and is told again by the next engine', async () => {
    const folder = temporaryFolder()
    const [hanging, telling] = ['hangs', 'tells'].map((name) => join(folder, name)) as [string, string]
    writeFileSync(hanging, `#!/bin/sh\necho $$ >"${folder}/pid"\nsleep 1000 &\necho $! >"${folder}/child"\nwait\n`)
    writeFileSync(telling, `#!/bin/sh\ncat >>"${folder}/told"\n`)
    for (const program of [hanging, telling]) chmodSync(program, 0o755)
    const now = { kinds: noticeKinds, digestSeconds: 0 }
    const silent = createServer(() => undefined) // takes the request and never answers
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const nobody = webhook(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/${secret}`, now)

    const notifying = startNotifying(parts([commandHook([hanging], now), nobody, commandHook([telling], now)]), 0.05)
    await wait(300)
    await end('hangs', ['done', 'done'])
    await until(() => existsSync(join(folder, 'child')) && existsSync(join(folder, 'told')))
    await notifying.stop()
    silent.closeAllConnections()
    silent.close()

    const pidIn = (name: string) => Number(readFileSync(join(folder, name), 'utf8'))
    await until(() => !isAlive(pidIn('pid')) && !isAlive(pidIn('child')))
    expect(said.join('\n')).toContain('it had not ended when the engine stopped')
    expect(said.join('\n')).not.toContain(secret)
    writeFileSync(hanging, `#!/bin/sh\ncat >>"${folder}/later"\n`)
    await startNotifying(parts([commandHook([hanging], now)]), 0.05).stop()
    expect(readFileSync(join(folder, 'later'), 'utf8')).toContain('hangs/m0/relax')
  })

  it('of a flood in one digest, which names the most urgent', async () => {
    const before = received.length
    const notifying = startNotifying(parts([webhook(address(), all)]), 0.05)
    await notifying.stop()
    await end('flood', [...Array.from({ length: 104 }, () => 'done' as const), 'failed'])
    await startNotifying(parts([webhook(address(), all)]), 0.05).stop()

    const [digest, ...more] = received.slice(before).map((each) => each.digest).filter(({ screens }) => 'flood' in screens)
    expect(more).toEqual([])
    expect(digest?.notices).toHaveLength(100)
    expect(digest?.noticeCount).toBe(105)
    expect(digest?.notices.some(({ kind }) => kind === 'failed')).toBe(true)
    expect(digest?.text).toContain('104 finished: flood/m0/relax')
  })

  it('as the project and the user wrote it down; a mistake is shown without the address', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'dopant'))
    const write = (text: string) => writeFileSync(join(folder, 'dopant', 'config.yaml'), text)
    const load = (variables = {}) => loadNotifiers(folder, { XDG_CONFIG_HOME: folder, ...variables })
    writeFileSync(join(folder, 'dopant.yaml'), 'notifications:\n  - command: [logger]\n    on: [failed]\n')
    write(`notifications:\n  - webhookVariable: CHAT_URL\n    digestMinutes: 30\n`)

    expect(load().map(({ name, kinds }) => [name, kinds])).toEqual([['logger', ['failed']]])
    expect(load({ CHAT_URL: `https://chat.example.org/${secret}` }).map(({ name, digestSeconds }) => [name, digestSeconds])).toEqual([['logger', 600], ['webhook', 1800]])
    write(`notifications:\n  - webhook: chat.example.org/${secret}\n`)
    const message = messageOf(() => load())
    expect(message).toContain('config.yaml')
    expect(message).not.toContain(secret)
  })

  it('that a record which nobody can read failed, after five tries in all; the next one is worked on', async () => {
    const { store } = storage
    const engine = { ...parts([]), sites: new Map() } as unknown as EngineParts
    await store.saveScreen(mgoScreen('poison'))
    await store.addCalculations('poison', 'local', [mgoPlan('poison', 'bad'), mgoPlan('poison', 'good')])
    for (const name of ['bad', 'good']) {
      const why = { actor: 'test', reason: 'a test' }
      await store.transition((await store.calculation(`poison/${name}/relax`))!, 'ready', why)
    }
    const task = (name: string) => ({ type: 'submit', subject: `poison/${name}/relax` }) as const
    let tries = 0
    const burst = async (): Promise<void> => {
      tries += 1
      throw new TypeError('a record that nobody foresaw')
    }
    for (let i = 0; i < 10 && (await store.calculation('poison/bad/relax'))?.state !== 'failed'; i++) {
      await countTrouble(engine, task('bad'), burst).catch(() => undefined)
    }
    await countTrouble(engine, task('good'), async () => undefined)

    expect(tries).toBe(mostTroubles)
    expect(await store.calculation('poison/bad/relax')).toMatchObject({ state: 'failed', failure: { code: 'TASK_POISONED' } })
    expect((await store.calculation('poison/good/relax'))?.state).toBe('ready')
    expect(await store.troubles()).toEqual([])
  })

  it('that a record which takes the process with it failed, though no error was ever seen', async () => {
    const { store } = storage
    const engine = { ...parts([]), sites: new Map() } as unknown as EngineParts
    await store.saveScreen(mgoScreen('killer'))
    await store.addCalculations('killer', 'local', [mgoPlan('killer', 'bad')])
    const why = { actor: 'test', reason: 'a test' }
    for (const to of ['ready', 'staged', 'submitting', 'queued', 'ended'] as const) {
      await store.transition((await store.calculation('killer/bad/relax'))!, to, why)
    }
    // As five processes would leave it that died in the middle of this task.
    for (let i = 0; i < mostTroubles; i++) await store.countTrouble('collect/killer/bad/relax', 'the process ended while it was at work')

    await countTrouble(engine, { type: 'collect', subject: 'killer/bad/relax' }, () => Promise.reject(new Error('must not be tried')))

    expect(await store.calculation('killer/bad/relax')).toMatchObject({ state: 'failed', failure: { code: 'TASK_POISONED' } })
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await wait(50)
  expect(condition()).toBe(true)
}

function messageOf(work: () => unknown): string {
  try {
    work()
    return 'nothing was thrown'
  } catch (error) {
    return (error as Error).message
  }
}
