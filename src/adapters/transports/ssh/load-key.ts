import { readFile, stat } from 'node:fs/promises'
import ssh2, { type ParsedKey } from 'ssh2'
import type { Ask } from './person.ts'

/** A key, or what is wrong with its file in words for the person whose it is. Neither when there is no such file. */
export interface LoadedKey {
  readonly key?: ParsedKey
  readonly problem?: string
}

/** Reads a private key as OpenSSH would; asks for the passphrase up to three times. */
export async function loadKey(file: string, ask: Ask | undefined): Promise<LoadedKey> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) return {}
  const mode = found.mode & 0o777
  if ((mode & 0o077) !== 0 && found.uid === process.getuid?.()) {
    const octal = mode.toString(8).padStart(4, '0')
    return {
      problem: `${file} was not used because others may read it (${octal}): run \`chmod 600 ${file}\``,
    }
  }
  const text = await readFile(file).catch((error: NodeJS.ErrnoException) => error)
  if (text instanceof Error) return { problem: `${file} cannot be read (${text.code ?? 'unknown'})` }
  return parse(file, text, ask)
}

async function parse(file: string, text: Buffer, ask: Ask | undefined): Promise<LoadedKey> {
  let parsed = firstKey(ssh2.utils.parseKey(text))
  for (let tries = 0; tries < 3 && needsPassphrase(parsed); tries++) {
    if (ask === undefined)
      return { problem: `${file} needs a passphrase: add it to your agent with \`ssh-add ${file}\`` }
    const passphrase = await ask(`Passphrase for ${file}: `, { echo: false })
    parsed = firstKey(ssh2.utils.parseKey(text, passphrase))
  }
  if (!(parsed instanceof Error)) return parsed.isPrivateKey() ? { key: parsed } : {}
  if (needsPassphrase(parsed)) return { problem: `the passphrase for ${file} was wrong` }
  return {
    problem: `${file} has a format that cannot be read here: rewrite it with \`ssh-keygen -p -f ${file}\`, or set \`via: openssh\``,
  }
}

function firstKey(parsed: ParsedKey | ParsedKey[] | Error): ParsedKey | Error {
  return Array.isArray(parsed) ? (parsed[0] ?? new Error('empty')) : parsed
}

function needsPassphrase(parsed: ParsedKey | Error): boolean {
  return (
    parsed instanceof Error &&
    /no passphrase given|bad passphrase|integrity check failed/i.test(parsed.message)
  )
}

/** The public half of an identity, from FILE.pub or from FILE itself, to find it in an agent. */
export async function publicBlob(file: string): Promise<string | undefined> {
  for (const candidate of [`${file}.pub`, file]) {
    const text = await readFile(candidate, 'utf8').catch(() => '')
    const blob = /^\S+\s+(AAAA[A-Za-z0-9+/]+=*)/.exec(text)?.[1]
    if (blob !== undefined) return blob
  }
  return undefined
}
