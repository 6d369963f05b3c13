import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Transport } from '../../../src/ports/transport.ts'
import type { TestSshd } from './sshd.ts'

export function partBytes(folder: string): number {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.part'))
    .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

/** Takes its time, and does something when a part has come. */
export function slowSink(inTheMiddle: () => void): { stream: Writable; sha256: () => string } {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      const before = bytes
      bytes += chunk.length
      hash.update(chunk)
      if (before < 10e6 && bytes >= 10e6) inTheMiddle()
      setImmediate(done)
    },
  })
  return { stream, sha256: () => hash.digest('hex') }
}

export async function received(transport: Transport, path: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  await transport.download(
    path,
    new Writable({ write: (chunk: Buffer, _, done) => (chunks.push(chunk), done()) }),
  )
  return Buffer.concat(chunks)
}

export async function caught(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('it went well'),
    (error: Error) => error,
  )
}

export async function twice(act: () => Promise<unknown>): Promise<Error[]> {
  return [await caught(act()), await caught(act())]
}

export function fingerprintOf(server: TestSshd): string {
  const text = execFileSync('ssh-keygen', ['-l', '-f', join(server.folder, 'host_key.pub')], {
    encoding: 'utf8',
  })
  return text.split(' ')[1] ?? ''
}

export function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
