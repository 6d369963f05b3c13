import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { AuthContext } from 'ssh2'
import { afterEach, describe, expect, it } from 'vitest'
import { sshTransport, type SshOptions } from '../../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../../src/ports/transport.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'
import { hasProgram } from './login-shell-here.ts'
import { loginServer, type LoginServer } from './test-server.ts'

const password = 'Tr0ub4dor&3'
const code = '492039'
const hasKeygen = hasProgram('ssh-keygen')
if (!hasKeygen) console.warn('skipped: ssh-keygen is not installed')

describe.skipIf(!hasKeygen)('a login', () => {
  const closing: (() => Promise<void> | void)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  const serve = async (...args: Parameters<typeof loginServer>): Promise<LoginServer> => {
    const server = await loginServer(...args)
    closing.push(server.close)
    return server
  }
  const open = (server: LoginServer, options: Partial<SshOptions> = {}): Transport => {
    const transport = sshTransport({
      host: 'site',
      configFile: server.configFile,
      environment: {},
      ...options,
    })
    closing.push(() => transport.close())
    return transport
  }
  const echo = (transport: Transport) => transport.run({ program: 'echo', args: ['in'] })

  it('with password and one-time code asks for both, and shows only what may be shown', async () => {
    const server = await serve(temporaryFolder(), { decide: twoQuestions })
    const asked: [string, boolean][] = []
    const ask = async (prompt: string, { echo: isShown }: { echo: boolean }) => {
      asked.push([prompt, isShown])
      return prompt.includes('Password') ? password : code
    }

    const result = await echo(open(server, { ask }))

    expect(result.stdout).toBe('in\n')
    expect(asked).toEqual([
      ['Two factors, please\n(chemist@127.0.0.1) Password: ', false],
      ['(chemist@127.0.0.1) Code: ', true],
    ])
  })

  it('with a wrong password fails once and for a while, and nothing that was typed is in the error', async () => {
    const server = await serve(temporaryFolder(), { decide: onlyPassword })
    const transport = open(server, { ask: async () => `${password}-wrong` })

    const first = await echo(transport).catch((error: unknown) => error)
    const tries = server.logins()
    const second = await echo(transport).catch((error: unknown) => error)

    expect(first).toMatchObject({
      code: 'SSH_AUTHENTICATION',
      retryable: false,
      message: expect.stringContaining('password'),
    })
    expect(second).toBe(first)
    expect(server.logins()).toBe(tries)
    expect(tries).toBe(3)
    expect(inspect([first, transport], { depth: 30, showHidden: true })).not.toContain(password)
  })

  it('that needs an answer when nobody is there names what the server takes', async () => {
    const server = await serve(temporaryFolder(), { decide: onlyPassword })

    await expect(echo(open(server))).rejects.toMatchObject({
      code: 'SSH_AUTHENTICATION',
      message: expect.stringContaining('The server takes password'),
    })
  })

  it('is given up when the person does not answer', async () => {
    const server = await serve(temporaryFolder(), { decide: onlyPassword })
    const transport = open(server, { ask: () => Promise.reject(new Error('no answer was given')) })

    await expect(echo(transport)).rejects.toMatchObject({ code: 'SSH_AUTHENTICATION' })
    expect(server.logins()).toBe(0)
  })

  it('with an encrypted key asks for its passphrase until it is right, and keeps the key, not the passphrase', async () => {
    const folder = temporaryFolder()
    const keyFile = join(folder, 'id')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', password, '-f', keyFile])
    const server = await serve(folder, { decide: anyKey, configLines: [`IdentityFile ${keyFile}`] })
    const answers = ['wrong', password]
    const transport = open(server, { ask: async () => answers.shift() ?? '' })

    expect((await echo(transport)).stdout).toBe('in\n')
    expect(inspect(transport, { depth: 30, showHidden: true })).not.toContain(password)
  })

  it('with an encrypted key and nobody there says how to go on', async () => {
    const folder = temporaryFolder()
    const keyFile = join(folder, 'id')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', password, '-f', keyFile])
    const server = await serve(folder, { decide: anyKey, configLines: [`IdentityFile ${keyFile}`] })

    await expect(echo(open(server))).rejects.toMatchObject({
      remedy: expect.stringContaining(`ssh-add ${keyFile}`),
    })
  })

  it('to a host that is not known yet waits for a person, and remembers the answer', async () => {
    const folder = temporaryFolder()
    const server = await serve(folder, { decide: (context) => context.accept() })
    const before = readFileSync(server.knownHostsFile, 'utf8')
    writeFileSync(server.knownHostsFile, '')

    await expect(echo(open(server))).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN' })
    await expect(echo(open(server, { acceptHostKey: async () => false }))).rejects.toMatchObject({
      code: 'HOST_KEY_UNKNOWN',
    })
    expect(readFileSync(server.knownHostsFile, 'utf8')).toBe('')
    let shown = ''
    const accepting = open(server, {
      acceptHostKey: async ({ fingerprint }) => ((shown = fingerprint), true),
    })
    expect((await echo(accepting)).stdout).toBe('in\n')

    expect(shown).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
    expect(readFileSync(server.knownHostsFile, 'utf8')).toBe(before)
    expect((await echo(open(server))).stdout).toBe('in\n')
  })

  it('may take longer than the limit while a person is asked', async () => {
    const server = await serve(temporaryFolder(), { decide: onlyPassword })
    const slowly = () => new Promise<string>((resolve) => void setTimeout(() => resolve(password), 1500))

    expect((await echo(open(server, { ask: slowly, loginSeconds: 1 }))).stdout).toBe('in\n')
  })

  it('through an agent offers the configured key', async () => {
    if (!hasProgram('ssh-agent')) return console.warn('skipped: ssh-agent is not installed')
    const folder = temporaryFolder()
    const [keyFile, socket] = [join(folder, 'id'), join(folder, 'agent')]
    const pid = Number(
      /SSH_AGENT_PID=(\d+)/.exec(execFileSync('ssh-agent', ['-s', '-a', socket], { encoding: 'utf8' }))?.[1],
    )
    closing.push(() => void process.kill(pid))
    execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-N', '', '-f', keyFile])
    execFileSync('ssh-add', ['-q', keyFile], { env: { ...process.env, SSH_AUTH_SOCK: socket } })
    writeFileSync(keyFile, 'gone')
    const server = await serve(folder, {
      decide: anyKey,
      configLines: [`IdentityFile ${keyFile}`, 'IdentitiesOnly yes'],
    })

    expect((await echo(open(server, { environment: { SSH_AUTH_SOCK: socket } }))).stdout).toBe('in\n')
  })

  it('makes one connection for all, and no more sessions than the server takes', async () => {
    const server = await serve(temporaryFolder(), { decide: (context) => context.accept(), maxSessions: 2 })
    const transport = open(server)

    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) => transport.run({ program: 'echo', args: [String(i)] })),
    )

    expect(results.map(({ stdout }) => stdout.trim())).toEqual(
      Array.from({ length: 12 }, (_, i) => String(i)),
    )
    expect(server.sessionsAtMost()).toBe(2)
  })
})

function twoQuestions(context: AuthContext): void {
  if (context.method !== 'keyboard-interactive') return context.reject(['keyboard-interactive'])
  const prompts = [
    { prompt: 'Password: ', echo: false },
    { prompt: 'Code: ', echo: true },
  ]
  context.prompt(prompts, '', 'Two factors, please', (answers) => {
    if (answers[0] === password && answers[1] === code) context.accept()
    else context.reject()
  })
}

function onlyPassword(context: AuthContext): void {
  if (context.method === 'password' && context.password === password) context.accept()
  else context.reject(['password'])
}

function anyKey(context: AuthContext): void {
  if (context.method === 'publickey') context.accept()
  else context.reject(['publickey'])
}
