import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addKnownHost, readKnownHosts } from '../../../../src/adapters/transports/ssh/known-hosts-file.ts'
import {
  checkHostKey,
  fingerprint,
  knownHostLine,
  knownHostName,
  parseKnownHosts,
} from '../../../../src/adapters/transports/ssh/known-hosts.ts'
import { temporaryFolder } from '../../../temporary-folder.ts'
import { hasProgram } from './login-shell-here.ts'

const key = (type: string, fill: number): Buffer => {
  const part = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  return Buffer.concat([part(Buffer.from(type)), part(Buffer.alloc(32, fill))])
}
const [ours, other, rsa] = [key('ssh-ed25519', 1), key('ssh-ed25519', 2), key('ssh-rsa', 3)]
const line = (hosts: string, blob: Buffer, marker = ''): string =>
  `${marker}${hosts} ${blob.subarray(4, 15).toString().replace(/\0.*/s, '')} ${blob.toString('base64')} a comment`
const answer = (text: string, blob: Buffer, ...names: string[]) =>
  checkHostKey(parseKnownHosts(text), names, blob).answer

describe('a host key', () => {
  it.each([
    ['is known by its name', line('login.hpc', ours), ['login.hpc'], 'ok'],
    [
      'is known by one of several names and addresses',
      line('a,login.hpc,10.0.0.1', ours),
      ['login.hpc'],
      'ok',
    ],
    ['is known by a pattern', line('*.hpc,!bad.hpc', ours), ['login.hpc'], 'ok'],
    [
      'is not known where the pattern takes a name back',
      line('*.hpc,!bad.hpc', ours),
      ['bad.hpc'],
      'unknown',
    ],
    ['is known at its port', line('[login.hpc]:2222', ours), ['[login.hpc]:2222', 'login.hpc'], 'ok'],
    [
      'of the plain name confirms the one at a port',
      line('login.hpc', ours),
      ['[login.hpc]:2222', 'login.hpc'],
      'ok',
    ],
    [
      'of the plain name does not contradict the one at a port',
      line('login.hpc', other),
      ['[login.hpc]:2222', 'login.hpc'],
      'unknown',
    ],
    ['is not known by another name', line('elsewhere', ours), ['login.hpc'], 'unknown'],
    ['of the same type that differs has changed', line('login.hpc', other), ['login.hpc'], 'changed'],
    [
      'may be the second of its type',
      `${line('login.hpc', other)}\n${line('login.hpc', ours)}`,
      ['login.hpc'],
      'ok',
    ],
    [
      'may be missing while one of another type is known',
      line('login.hpc', rsa),
      ['login.hpc'],
      'other-type',
    ],
    [
      'is refused when it is revoked, although it is known',
      `${line('login.hpc', ours)}\n${line('*', ours, '@revoked ')}`,
      ['login.hpc'],
      'revoked',
    ],
    [
      'is not vouched for by a certificate authority',
      line('*.hpc', ours, '@cert-authority '),
      ['login.hpc'],
      'unknown',
    ],
    [
      'is not read from comments and torn lines',
      `# ${line('login.hpc', ours)}\nlogin.hpc ssh-ed25519\n\n`,
      ['login.hpc'],
      'unknown',
    ],
  ] as const)('%s', (_, text, names, expected) => {
    expect(answer(text, ours, ...names)).toBe(expected)
  })

  it('is found in a line that OpenSSH hashed, and OpenSSH finds it in a line that we hashed', () => {
    const file = join(temporaryFolder(), 'known_hosts')
    const name = knownHostName('Login.HPC', 2222)
    if (!hasProgram('ssh-keygen')) return console.warn('skipped: ssh-keygen is not installed')
    writeFileSync(file, `${knownHostLine(name, ours, true)}\n${line('elsewhere.hpc', other)}\n`)

    expect(execFileSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' })).toContain(
      ours.toString('base64'),
    )

    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    const hashed = readFileSync(file, 'utf8')
    expect(hashed).not.toContain('elsewhere')
    expect(answer(hashed, other, 'elsewhere.hpc')).toBe('ok')
    expect(answer(hashed, ours, name)).toBe('ok')
  })

  it('has the fingerprint that ssh-keygen prints', () => {
    if (!hasProgram('ssh-keygen')) return console.warn('skipped: ssh-keygen is not installed')
    const file = join(temporaryFolder(), 'id')
    execFileSync('ssh-keygen', ['-q', '-t', 'ecdsa', '-N', '', '-f', file])
    const blob = Buffer.from(readFileSync(`${file}.pub`, 'utf8').split(' ')[1] ?? '', 'base64')

    expect(execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' })).toContain(
      ` ${fingerprint(blob)} `,
    )
  })

  it('is added to the file behind a link, whose last line had no end, with its mode kept', async () => {
    const folder = temporaryFolder()
    const [file, link] = [join(folder, 'dotfile'), join(folder, 'known_hosts')]
    writeFileSync(file, line('elsewhere', other), { mode: 0o640 })
    symlinkSync(file, link)

    await addKnownHost(link, knownHostLine('login.hpc', ours, false))

    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o640)
    const known = await readKnownHosts([link, join(folder, 'missing')])
    expect(checkHostKey(known, ['login.hpc'], ours).answer).toBe('ok')
    expect(checkHostKey(known, ['elsewhere'], other).answer).toBe('ok')
  })
})
