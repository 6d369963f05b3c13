import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { sshdProgram } from './sshd.ts'

/** A PAM stack of the test's own that asks for a one-time code; removed by `remove`. */
export interface OneTimeCodes {
  /** sshd under a name of its own, which is how it finds its stack. */
  readonly program: string
  /** For sshd_config: a key first, then the code. */
  readonly lines: readonly string[]
  /** The code of this moment. */
  code(): string
  remove(): void
}

/** Said to whoever may let tests write to /etc/pam.d, and undo it. */
export const mayChangeSystem = process.env['DOPANT_TEST_CHANGES_SYSTEM'] === 'allowed'

/** Why no one-time codes can be asked here, or undefined when they can. */
export function whyNoOneTimeCodes(): string | undefined {
  if (sshdProgram() === undefined) return 'no OpenSSH server is installed (Debian: openssh-server)'
  const folders = ['/lib', ...readdirSync('/lib').map((name) => join('/lib', name))]
  if (!folders.some((folder) => existsSync(join(folder, 'security/pam_oath.so'))))
    return 'pam_oath.so not installed (Debian: libpam-oath)'
  if (process.getuid?.() !== 0) return 'needs root'
  return mayChangeSystem ? undefined : 'writes a file to /etc/pam.d, which `npm test -- --install` allows'
}

export function oneTimeCodes(folder: string): OneTimeCodes {
  const service = `dopant-test-${process.pid}`
  const [program, users, stack] = [join(folder, service), join(folder, 'users.oath'), `/etc/pam.d/${service}`]
  const secret = randomBytes(20)
  symlinkSync(sshdProgram() ?? '', program)
  writeFileSync(users, `HOTP/T30/6 ${userInfo().username} - ${secret.toString('hex')}\n`, { mode: 0o600 })
  writeFileSync(stack, pamStack(users))
  const remove = (): void => rmSync(stack, { force: true })
  process.once('exit', remove)
  return {
    program,
    lines: [
      'UsePAM yes',
      'KbdInteractiveAuthentication yes',
      'AuthenticationMethods publickey,keyboard-interactive:pam',
    ],
    code: () => timeCode(secret, Date.now()),
    remove() {
      process.off('exit', remove)
      remove()
    },
  }
}

function pamStack(users: string): string {
  return `auth required pam_oath.so usersfile=${users} window=5 digits=6
account required pam_permit.so
session required pam_permit.so
`
}

/**
 * @source RFC 6238, a time step of 30 s, SHA-1, six digits
 */
function timeCode(secret: Buffer, nowMs: number): string {
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)))
  const hash = createHmac('sha1', secret).update(step).digest()
  const at = (hash.at(-1) ?? 0) & 0xf
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
