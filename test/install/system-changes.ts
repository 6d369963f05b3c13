import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { packages } from './packages.ts'

/** One change of the machine: what it is, how it is made, and how it is undone where it is not to stay. */
export interface SystemChange {
  readonly says: string
  make(): void
  undo?(): void
}

/** What is to be changed here, in this order; undone in the opposite one. Nothing that is there already is made again. */
export function plannedChanges(missing: readonly string[], hostAddress: string): readonly SystemChange[] {
  const hostName = hostAddress.startsWith('127.') ? [] : [hostNameToLoopback(hostAddress)]
  return [...installPackages(missing), ...hostName, letTestsUsePam()]
}

const policyFile = '/usr/sbin/policy-rc.d'

/** Without the policy sshd, Redis, MariaDB, a mailer and more would start at once, on all interfaces. */
function installPackages(missing: readonly string[]): readonly SystemChange[] {
  if (missing.length === 0) return []
  const listed = missing.map((name) => `${name} (${packages[name]})`).join(', ')
  let restore: (() => void) | undefined
  const block: SystemChange = {
    says: `${policyFile}: blocks the starts of daemons while packages are installed; put back right after`,
    make: () => {
      restore = replaceFile(policyFile, '#!/bin/sh\nexit 101\n', 0o755)
    },
    undo: () => restore?.(),
  }
  const install: SystemChange = {
    says: `packages: ${listed}. They stay, with the system users they bring; to undo: apt-get purge ${missing.join(' ')}`,
    make: () => {
      aptGet('update')
      aptGet('install', '-y', '--no-install-recommends', ...missing)
      block.undo?.()
      restore = undefined
    },
  }
  return [block, install]
}

/** Batch systems bind to the address of the host's name. */
function hostNameToLoopback(address: string): SystemChange {
  const file = '/etc/hosts'
  let restore: (() => void) | undefined
  return {
    says: `${file}: a first line «127.0.0.1 ${hostname()}», because the name resolves to ${address}; taken out after the tests`,
    make: () => {
      restore = replaceFile(file, `127.0.0.1 ${hostname()}\n${readFileSync(file, 'utf8')}`)
    },
    undo: () => restore?.(),
  }
}

/** Named so by the test of one-time codes, which removes its own; one that was killed may have left it. */
const pamFiles = /^dopant-test-\d+$/

function letTestsUsePam(): SystemChange {
  return {
    says: '/etc/pam.d/dopant-test-…: a login with one-time codes, used by the test’s own sshd only; removed after it',
    make: () => {
      process.env['DOPANT_TEST_CHANGES_SYSTEM'] = 'allowed'
    },
    undo: () => {
      for (const name of readdirSync('/etc/pam.d')) if (pamFiles.test(name)) rmSync(`/etc/pam.d/${name}`)
    },
  }
}

/** In place, because /etc/hosts may be mounted. Returns how to have it back as it was. */
export function replaceFile(path: string, text: string, mode?: number): () => void {
  const before = existsSync(path) ? { text: readFileSync(path), mode: statSync(path).mode } : undefined
  writeFileSync(path, text)
  if (mode !== undefined) chmodSync(path, mode)
  return () => {
    if (before === undefined) return rmSync(path, { force: true })
    writeFileSync(path, before.text)
    chmodSync(path, before.mode)
  }
}

function aptGet(...args: readonly string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', args, { stdio: 'inherit', env: environment })
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed with exit code ${status ?? 'none'}`)
}
