import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSshTransport } from '../../../src/adapters/transports/openssh/openssh-transport.ts'
import { sshTransport, type SshOptions } from '../../../src/adapters/transports/ssh/ssh-transport.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { until } from '../../contracts/servers.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { caught, fingerprintOf, mounted, partBytes, received, slowSink, twice } from './observing.ts'
import {
  plainEnvironment,
  sshdProgram,
  startSshd,
  testClient,
  type TestClient,
  type TestSshd,
} from './sshd.ts'

const isAbsent = sshdProgram() === undefined
const quick = { breaker: { baseSeconds: 0.05, capSeconds: 0.5 }, loginSeconds: 10 }
const variants = [
  ['ssh2', (options: SshOptions): Transport => sshTransport({ environment: {}, ...quick, ...options })],
  [
    'OpenSSH',
    (options: SshOptions): Transport =>
      openSshTransport({ environment: plainEnvironment(), ...quick, ...options }),
  ],
] as const

describe.skipIf(isAbsent).each(variants)('a bad day over %s', (_, make) => {
  const bed = temporaryFolder()
  const client: TestClient = testClient(join(bed, 'client'))
  const opened: Transport[] = []
  let server: TestSshd
  let jump: TestSshd

  const open = (options: Partial<SshOptions> = {}): Transport => {
    const transport = make({ host: 'site', configFile: client.configFile, ...options })
    opened.push(transport)
    return transport
  }
  const folder = (): string => mkdtempSync(join(bed, 'site-'))

  beforeAll(async () => {
    server = await startSshd(join(bed, 'server'), { authorized: client.publicKey })
    const forwards = [
      'AllowTcpForwarding local',
      `PermitOpen 127.0.0.1:${server.port}`,
      'ForceCommand /bin/false',
    ]
    jump = await startSshd(join(bed, 'jump'), { authorized: client.publicKey, lines: forwards })
    client.addHost('site', server)
    client.addHost('gate', jump)
    client.addHost('inner', server, ['ProxyJump gate'])
    for (const one of [server, jump]) client.trust(one)
  })
  afterAll(async () => {
    await Promise.all(opened.map((transport) => transport.close()))
    await Promise.all([server.stop(), jump.stop()])
  })

  it('that cuts the line in an upload: it goes on where it was, and leaves nothing half-done', async () => {
    const [transport, to] = [open(), folder()]
    const content = randomBytes(48 * 1024 * 1024)
    const sending = transport.upload([{ path: 'CHGCAR', content }], to)
    await until(() => partBytes(to) > 1_000_000, 20_000)

    expect(server.killSessions()).toBeGreaterThan(0)
    await sending

    expect(readFileSync(join(to, 'CHGCAR')).equals(content)).toBe(true)
    expect(readdirSync(to)).toEqual(['CHGCAR'])
  })

  it('that cuts the line in a download: every byte comes once', async () => {
    const [transport, from] = [open(), folder()]
    const content = randomBytes(48 * 1024 * 1024)
    writeFileSync(join(from, 'WAVECAR'), content)
    const sink = slowSink(() => server.killSessions())

    const received = await transport.download(join(from, 'WAVECAR'), sink.stream)

    expect(received).toEqual({
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect(sink.sha256()).toBe(received.sha256)
  })

  it('that cuts the line under a command: it is told apart from a failed one, and the next one works', async () => {
    const transport = open()
    await transport.run({ program: 'true', args: [] })
    const running = transport.run({ program: 'sleep', args: ['30'] })
    await wait(500)

    server.killSessions()

    await expect(running).rejects.toMatchObject({ code: 'SITE_UNREACHABLE', retryable: true })
    expect((await transport.run({ program: 'echo', args: ['back'] })).stdout).toBe('back\n')
  })

  it('that stops the login node for a while: each call fails at once and kindly, until it is back', async () => {
    const transport = open()
    await transport.run({ program: 'true', args: [] })
    await server.stop()
    const codes = new Set<string>()
    for (let i = 0; i < 8; i++) {
      const error = await transport.run({ program: 'true', args: [] }).catch((caught: unknown) => caught)
      codes.add((error as { code: string }).code)
    }
    expect([...codes]).toEqual(['SITE_UNREACHABLE'])

    await server.start()

    await until(
      async () => (await transport.run({ program: 'true', args: [] }).catch(() => undefined))?.exitCode === 0,
      20_000,
    )
  })

  it('that asks to stop a command: it stops, here and there', async () => {
    const transport = open()
    const stop = new AbortController()
    const mark = `${Math.floor(Math.random() * 1e6)}.5`
    const running = transport.run({ program: 'sleep', args: [`30${mark}`] }, { signal: stop.signal })
    await wait(700)

    stop.abort(new Error('enough'))

    await expect(running).rejects.toThrow('enough')
    expect((await transport.run({ program: 'echo', args: ['still'] })).stdout).toBe('still\n')
  })

  it('that shows another host key: nothing is sent, and nothing is tried again', async () => {
    const wrong = testClient(join(bed, `wrong-${Math.random()}`))
    wrong.addHost('site', server)
    writeFileSync(wrong.knownHostsFile, `[127.0.0.1]:${server.port} ${jump.hostKey}\n`)
    const transport = open({ configFile: wrong.configFile })

    const errors = await twice(() => transport.run({ program: 'true', args: [] }))

    expect(errors[0]).toMatchObject({
      code: 'HOST_KEY_CHANGED',
      retryable: false,
      key: { fingerprint: fingerprintOf(server) },
    })
    expect(errors[1]).toBe(errors[0])
  })

  it('that shows an unknown or a revoked host key', async () => {
    const nobody = testClient(join(bed, `nobody-${Math.random()}`))
    nobody.addHost('site', server)
    const unknown = await caught(open({ configFile: nobody.configFile }).run({ program: 'true', args: [] }))
    expect(unknown).toMatchObject({
      code: 'HOST_KEY_UNKNOWN',
      key: { type: expect.stringMatching(/ed25519/i), fingerprint: fingerprintOf(server) },
    })

    nobody.trust(server)
    writeFileSync(nobody.knownHostsFile, `@revoked * ${server.hostKey}\n`, { flag: 'a' })
    expect(
      await caught(open({ configFile: nobody.configFile }).run({ program: 'true', args: [] })),
    ).toMatchObject({ code: 'HOST_KEY_REVOKED' })
  })

  it('that refuses the login, with a key that others may read', async () => {
    const careless = testClient(join(bed, `careless-${Math.random()}`))
    careless.addHost('site', server)
    careless.trust(server)
    // OpenSSH opens the key only after the server has said that it would take it.
    writeFileSync(join(server.folder, 'authorized_keys'), careless.publicKey, { flag: 'a' })
    chmodSync(careless.keyFile, 0o644)
    const transport = open({ configFile: careless.configFile })

    const errors = await twice(() => transport.run({ program: 'true', args: [] }))

    expect(errors[0]).toMatchObject({ code: 'SSH_AUTHENTICATION', retryable: false })
    expect(errors[0]).toMatchObject({ remedy: expect.stringContaining(`chmod 600 ${careless.keyFile}`) })
    expect(errors[1]).toBe(errors[0])
  })

  it('without a name service', async () => {
    const error = await caught(open({ host: 'no-such-host.invalid' }).run({ program: 'true', args: [] }))

    expect(error).toMatchObject({ code: 'SITE_UNREACHABLE', retryable: true })
    expect(error.message).toMatch(/name/i)
  })

  it('behind a jump host that runs no commands', async () => {
    const [transport, to] = [open({ host: 'inner' }), folder()]

    await transport.upload([{ path: 'a b', content: 'through' }], to)

    expect((await transport.run({ program: 'cat', args: ['a b'], folder: to })).stdout).toBe('through')
  })

  it('with rc files that print 5 MB', async () => {
    writeFileSync(
      join(server.home, '.bashrc'),
      'yes "Welcome to the cluster" | head -c 5000000\nyes oh | head -c 5000000 >&2\n',
    )
    const [transport, to] = [open(), folder()]

    await transport.upload([{ path: 'INCAR', content: 'ENCUT = 520\n' }], to)
    const result = await transport.run({ program: 'cat', args: ['INCAR'], folder: to })
    writeFileSync(join(server.home, '.bashrc'), '')

    expect(result).toEqual({ exitCode: 0, stdout: 'ENCUT = 520\n', stderr: '' })
  })

  it('with a disk that fills up: what was there stays, and the error names the cause', async () => {
    const disk = folder()
    if (!mounted(disk)) return console.warn('skipped: a small file system cannot be mounted here')
    try {
      const transport = open()
      await transport.upload([{ path: 'POSCAR', content: 'first' }], disk)

      const small = caught(
        transport.upload(
          [
            { path: 'POSCAR', content: 'second' },
            { path: 'x', content: randomBytes(2e6) },
          ],
          disk,
        ),
      )
      expect(await small).toMatchObject({
        code: 'REMOTE_WRITE_FAILED',
        message: expect.stringContaining('No space left'),
      })
      const large = caught(transport.upload([{ path: 'POSCAR', content: randomBytes(9e6) }], disk))
      expect(await large).toMatchObject({
        code: 'REMOTE_WRITE_FAILED',
        message: expect.stringContaining('No space left'),
      })

      expect(readFileSync(join(disk, 'POSCAR'), 'utf8')).toBe('first')
    } finally {
      execFileSync('umount', [disk])
    }
  })

  it('with many files, odd names and a symlink among them', async () => {
    const [transport, to] = [open(), folder()]
    const names = ["it's", 'a b', '$(touch x)', '`id`', 'line\nbreak', '-n', 'ü–漢', '*', '\\', 'deep/er/"']
    const many = Array.from({ length: 400 }, (__, i) => ({ path: `many/${i}`, content: String(i) }))

    await transport.upload([...names.map((path) => ({ path, content: path })), ...many], to)
    symlinkSync('many/7', join(to, 'link'))

    expect(names.map((path) => readFileSync(join(to, path), 'utf8'))).toEqual(names)
    expect(readdirSync(join(to, 'many'))).toHaveLength(400)
    expect((await received(transport, join(to, 'link'))).toString()).toBe('7')
    expect((await received(transport, join(to, 'line\nbreak'))).toString()).toBe('line\nbreak')
    expect(existsSync(join(to, 'x'))).toBe(false)
  })

  it('with twenty commands at the same time', async () => {
    const transport = open()

    const results = await Promise.all(
      Array.from({ length: 20 }, (__, i) => transport.run({ program: 'echo', args: [String(i)] })),
    )

    expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 20 }, (__, i) => i))
  })

  it('of a file that may not be read, a folder in the way, and a reader here that fails', async () => {
    const [transport, to] = [open(), folder()]
    mkdirSync(join(to, 'folder'))
    writeFileSync(join(to, 'large'), randomBytes(3e6))

    expect(await caught(received(transport, join(to, 'folder')))).toMatchObject({
      code: 'REMOTE_READ_FAILED',
    })
    expect(await caught(transport.upload([{ path: 'folder', content: 'x' }], to))).toMatchObject({
      code: 'REMOTE_WRITE_FAILED',
    })
    const full = new Writable({ write: (__, ___, done) => done(new Error('disk full here')) })
    expect((await caught(transport.download(join(to, 'large'), full))).message).toBe('disk full here')
  })

  it('keeps keys out of what it says', async () => {
    const secret = readFileSync(client.keyFile, 'utf8').split('\n')[1] ?? ''
    const errors = [
      await caught(open({ user: 'nobody-like-that' }).run({ program: 'true', args: [] })),
      open(),
    ]

    expect(inspect(errors, { depth: 20, showHidden: true })).not.toContain(secret)
  })
})
