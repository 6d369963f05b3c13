import { createHash, type Hash } from 'node:crypto'
import { PassThrough, Writable, type Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { shellWords } from '../../../base/shell-quote.ts'
import type { Received } from '../../../ports/transport.ts'
import { RemoteFileMissingError, RemoteReadError } from '../../../ports/transport-errors.ts'
import type { LinkSpeed } from './link-speed.ts'
import { readLine } from './read-line.ts'
import { LocalTrouble, runScript } from './run-script.ts'
import { sendFile, transferCode } from './transfer-scripts.ts'
import type { TransferSite } from './upload-files.ts'

/** How far a download has come; a repetition goes on from here. */
interface Progress {
  bytes: number
  size: number | undefined
  readonly hash: Hash
}

/**
 * The file as it was when the download began, in order, into `into`, which is ended; taken up again after a lost connection.
 *
 * @throws RemoteFileMissingError, RemoteReadError (unreadable, or changed underneath); `into` is destroyed then
 */
export async function downloadFile(site: TransferSite, path: string, into: Writable): Promise<Received> {
  const progress: Progress = { bytes: 0, size: undefined, hash: createHash('sha256') }
  into.on('error', () => undefined) // what we destroy it with is thrown from here too
  try {
    await site.repeat(() => attempt(site, path, into, progress))
    const sha256 = progress.hash.digest('hex')
    into.end()
    await finished(into, { readable: false })
    return { bytes: progress.bytes, sha256 }
  } catch (error) {
    const reason = error instanceof LocalTrouble ? error.cause : error
    into.destroy(reason as Error)
    throw reason
  }
}

async function attempt(site: TransferSite, path: string, into: Writable, progress: Progress): Promise<void> {
  const { host } = site.shell
  const form = wantedForm(site.link)
  const args = [
    path.startsWith('-') ? `./${path}` : path,
    String(progress.bytes),
    String(progress.size ?? '-'),
    form,
  ]
  const started = performance.now()
  const before = progress.bytes
  const { exitCode, stderr, value } = await runScript(site.shell, {
    script: `set -- ${shellWords(args)}\n${sendFile}`,
    receive: (output) => receive(output, into, progress),
  })
  if (exitCode !== 0) throw readError(host, path, exitCode, stderr)
  if (value === 'raw') site.link.record(progress.bytes - before, (performance.now() - started) / 1000)
  verify(host, path, stderr, progress)
}

/** As long as nothing is known of the link, a file of middling size goes raw, to measure with. */
function wantedForm(link: LinkSpeed): 'try' | 'learn' | 'raw' {
  if (link.isFast === undefined) return 'learn'
  return link.isFast ? 'raw' : 'try'
}

async function receive(output: Readable, into: Writable, progress: Progress): Promise<string> {
  const line = await readLine(output)
  const [size = '', form = ''] = line.split(' ')
  if (line === '') return form // the exit code and stderr tell why
  progress.size = Number(size)
  await pipeline(output, form === 'gzip' ? createGunzip() : new PassThrough(), delivery(into, progress))
  return form
}

/** Counts and sums what is handed on. Leaves `into` open, so that another attempt can go on. */
function delivery(into: Writable, progress: Progress): Writable {
  return new Writable({
    highWaterMark: 256 * 1024,
    write(chunk: Buffer, _, done) {
      if (into.destroyed) return done(new LocalTrouble(into.errored ?? new Error('the reader has gone')))
      progress.bytes += chunk.length
      progress.hash.update(chunk)
      into.write(chunk, (error) => done(error ? new LocalTrouble(error) : null))
    },
  })
}

function readError(host: string, path: string, exitCode: number, stderr: string): Error {
  const said = stderr.trim().split('\n').at(-1) ?? ''
  if (exitCode === transferCode.differs) return new RemoteReadError(host, path, 'it became shorter meanwhile')
  // A folder that may not be entered hides its files: that is not the same as "no such file".
  const isHidden = exitCode !== transferCode.missing || /permission|denied/i.test(said)
  return isHidden
    ? new RemoteReadError(host, path, said || 'it is not a readable file')
    : new RemoteFileMissingError(host, path)
}

function verify(host: string, path: string, stderr: string, { bytes, size, hash }: Progress): void {
  const sum = /^dopant-sum ([0-9a-f]{64})$/m.exec(stderr)?.[1]
  if (sum === undefined)
    throw new RemoteReadError(host, path, `its checksum could not be made: ${stderr.trim().slice(-200)}`)
  if (bytes !== size) throw new RemoteReadError(host, path, `${bytes} bytes of ${size} arrived`)
  if (hash.copy().digest('hex') !== sum)
    throw new RemoteReadError(host, path, 'the checksum differs: it changed meanwhile')
}
