import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import type { CircuitBreaker } from '../remote/circuit-breaker.ts'
import { explainOpenSsh } from './explain-openssh.ts'

/** The one connection of the system's client that all commands go through. */
export interface ControlMaster {
  /** Words that make an `ssh` use the connection, and nothing but it. */
  readonly sessionArgs: readonly string[]
  /** Resolves when the connection stands. */
  ensure(signal?: AbortSignal): Promise<void>
  /** A session said that the connection is gone. */
  lost(): void
  close(): Promise<void>
}

export interface ControlMasterOptions {
  readonly host: string
  readonly user?: string | undefined
  readonly port?: number | undefined
  readonly configFile?: string | undefined
  readonly keepAliveSeconds: number
  readonly loginSeconds: number
  readonly environment: NodeJS.ProcessEnv
  readonly breaker: CircuitBreaker
  readonly onConnected?: () => void
}

export function controlMaster(options: ControlMasterOptions): ControlMaster {
  const { host, breaker } = options
  const target = targetArgs(options)
  const socket = join(
    socketFolder(options.environment),
    createHash('sha256').update(target.join('\0')).digest('hex').slice(0, 16),
  )
  const control = (word: string) => runSsh(['-S', socket, '-O', word, ...target], options, 10)
  let current: Promise<void> | undefined
  let isOurs = false
  let isClosed = false

  const start = async (): Promise<void> => {
    if ((await control('check')).exitCode === 0) return
    const alive = [
      `ServerAliveInterval=${options.keepAliveSeconds}`,
      'ServerAliveCountMax=3',
      `ConnectTimeout=${options.loginSeconds}`,
    ]
    // StrictHostKeyChecking: a new key is accepted by a person in a terminal, never here. -v: tells its fingerprint.
    const settings = ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'ControlPersist=yes', ...alive].flatMap(
      (one) => ['-o', one],
    )
    const { exitCode, said } = await runSsh(
      ['-v', '-f', '-N', '-M', '-S', socket, ...settings, ...target],
      options,
      2 * options.loginSeconds,
    )
    if (exitCode !== 0) throw explainOpenSsh(host, said, loginHint(socket, target))
    isOurs = true
    options.onConnected?.()
  }
  return {
    // The refusing ProxyCommand: a session that finds no master must not make a connection of its own.
    sessionArgs: [
      '-T',
      '-S',
      socket,
      ...['ControlMaster=no', 'BatchMode=yes', 'ProxyCommand=false'].flatMap((one) => ['-o', one]),
      ...target,
    ],
    async ensure(signal) {
      signal?.throwIfAborted()
      if (isClosed) throw new SiteUnreachableError(host, 'this connection has been closed')
      if (current === undefined) {
        const mine = breaker.connect(start)
        current = mine
        mine.catch(() => (current = current === mine ? undefined : current))
      }
      await current
    },
    lost() {
      current = undefined
    },
    async close() {
      isClosed = true
      await current?.catch(() => undefined)
      // A connection that a person logged in for stays: it may have cost a one-time code.
      if (isOurs) await control('exit')
      isOurs = false
    },
  }
}

function targetArgs({ host, user, port, configFile }: ControlMasterOptions): string[] {
  return [
    ...(configFile === undefined ? [] : ['-F', configFile]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    host,
  ]
}

function loginHint(socket: string, target: readonly string[]): string {
  return `Log in once in a terminal with \`ssh -fNM -S ${socket} ${target.join(' ')}\`; dopant then uses that connection.`
}

/** Of the user alone, and short: a socket's path may have 107 bytes, and ssh adds 17 while it makes it. */
function socketFolder(environment: NodeJS.ProcessEnv): string {
  const { uid } = userInfo()
  const folder = join(environment['XDG_RUNTIME_DIR'] ?? tmpdir(), `dopant-ssh-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  const isSafe = found.isDirectory() && (uid < 0 || (found.uid === uid && (found.mode & 0o077) === 0))
  if (!isSafe) throw new SiteUnreachableError('over OpenSSH', `${folder} does not belong to you alone`)
  return folder
}

/** The end of what ssh says is kept, whatever a server's banner adds to it. */
function runSsh(
  args: readonly string[],
  { environment, host }: ControlMasterOptions,
  seconds: number,
): Promise<{ exitCode: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn('ssh', args, { env: environment, stdio: ['ignore', 'ignore', 'pipe'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-64 * 1024)
    })
    child.once('error', (error) => finish(255, `ssh for ${host} could not be started: ${error.message}`))
    // Not 'close': the master goes on in the background and keeps stderr.
    child.once('exit', (code) => setTimeout(() => finish(code ?? 255, said), 20))
    const finish = (exitCode: number, text: string): void => {
      clearTimeout(timer)
      child.stderr.destroy()
      resolve({ exitCode, said: text })
    }
  })
}

export function hasOpenSsh(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile('ssh', ['-V'], (error) => resolve(error === null))
  })
}
