import type { AuthContext } from 'ssh2'
import { afterEach, describe, expect, it } from 'vitest'
import { questionDesk, type QuestionDesk } from '../../../../src/adapters/transports/ssh/question-desk.ts'
import { sshTransport } from '../../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../../src/ports/transport.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'
import { until } from '../../../contracts/servers.ts'
import { hasProgram } from './login-shell-here.ts'
import { loginServer, type LoginServer } from './test-server.ts'

const hasKeygen = hasProgram('ssh-keygen')
if (!hasKeygen) console.warn('skipped: ssh-keygen is not installed')

describe.skipIf(!hasKeygen)('a site that asks for a code at every login', () => {
  const closing: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  async function site(patienceSeconds: number): Promise<{ server: LoginServer; transport: Transport; desk: QuestionDesk }> {
    const desk = questionDesk()
    const server = await loginServer(temporaryFolder(), { decide: oneCode })
    const breaker = { baseSeconds: 0.05, capSeconds: 0.2 }
    const transport = sshTransport({ host: 'site', configFile: server.configFile, environment: {}, breaker, ...desk.person, patienceSeconds })
    closing.push(server.close, () => transport.close())
    return { server, transport, desk }
  }

  const call = (transport: Transport) => transport.run({ program: 'echo', args: ['in'] })
  const failing = (transport: Transport) => call(transport).then(() => undefined, (error: unknown) => error)
  async function asked(desk: QuestionDesk): Promise<string> {
    await until(() => desk.open().length > 0, 5000)
    return desk.open()[0]?.prompt ?? ''
  }
  function answer(desk: QuestionDesk, text: string): void {
    expect(desk.answer(desk.open()[0]?.id ?? '', text)).toBe(true)
  }

  it('is answered from elsewhere, while whoever calls goes on after a moment with one kind error', async () => {
    const { server, transport, desk } = await site(0.05)

    const errors = await Promise.all(Array.from({ length: 20 }, () => failing(transport)))
    expect(errors).toEqual(new Array(20).fill(expect.objectContaining({ code: 'LOGIN_WAITS', retryable: true })))
    expect(desk.open()).toEqual([expect.objectContaining({ prompt: '(chemist@127.0.0.1) Code: ', echo: false })])

    answer(desk, '492039')
    await until(async () => (await failing(transport)) === undefined, 5000)
    expect((await call(transport)).stdout).toBe('in\n')
    expect(desk.open()).toEqual([])
    expect(server.logins()).toBe(1)
  })

  it('is left alone after a lost link until somebody is there, and is then asked for one login', async () => {
    const { server, transport, desk } = await site(0.05)
    void failing(transport)
    await asked(desk)
    answer(desk, '492039')
    await until(async () => (await failing(transport)) === undefined, 5000)
    server.drop()
    await until(async () => (await failing(transport)) !== undefined, 5000)

    for (let i = 0; i < 30; i++) expect(await failing(transport)).toMatchObject({ code: 'LOGIN_WAITS' })
    expect(server.logins()).toBe(1)
    expect(await asked(desk)).toMatch(/^site asks for a password or code again\. Press Enter/)

    answer(desk, '')
    await until(() => desk.open()[0]?.prompt.includes('Code') === true, 5000)
    answer(desk, '492039')
    await until(async () => (await failing(transport)) === undefined, 5000)
    expect(server.logins()).toBe(2)
  })

  it('is not tried again when the person declines or the code was wrong, lest the account is locked', async () => {
    const { server, transport, desk } = await site(0.05)
    void failing(transport)
    await asked(desk)
    expect(desk.decline(desk.open()[0]?.id ?? '')).toBe(true)
    await until(async () => ((await failing(transport)) as { code?: string }).code === 'SSH_AUTHENTICATION', 5000)
    const logins = server.logins()

    for (let i = 0; i < 20; i++) expect(await failing(transport)).toMatchObject({ code: 'SSH_AUTHENTICATION' })
    expect(server.logins()).toBe(logins)
    expect(desk.open()).toEqual([])
    expect(desk.answer('nothing', '1')).toBe(false)
  })

  it('waits for as long as it takes where somebody sits at the terminal', async () => {
    const desk = questionDesk(({ id }) => setTimeout(() => desk.answer(id, '492039'), 300))
    const server = await loginServer(temporaryFolder(), { decide: oneCode })
    const transport = sshTransport({ host: 'site', configFile: server.configFile, environment: {}, ...desk.person })
    closing.push(server.close, () => transport.close())

    expect((await call(transport)).stdout).toBe('in\n')
  })
})

function oneCode(context: AuthContext): void {
  if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
  context.prompt([{ prompt: 'Code: ', echo: false }], (answers) => (answers[0] === '492039' ? context.accept() : context.reject()))
}
