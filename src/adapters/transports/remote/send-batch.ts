import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { shellQuote, shellWords } from '../../../base/shell-quote.ts'
import { RemoteWriteError } from '../../../ports/transport-errors.ts'
import { isCompressible } from './compressible.ts'
import { worthTrying } from './link-speed.ts'
import { runScript } from './run-script.ts'
import { tarArchive } from './tar-stream.ts'
import { receiveBatch } from './transfer-scripts.ts'
import type { CheckedFile, TransferSite } from './upload-files.ts'

const gzipped = promisify(gzip)

/** Many small files in one channel: unpacked aside under numbers, summed by one command, then moved into their places. */
export async function sendBatch(
  site: TransferSite,
  files: readonly CheckedFile[],
  folder: string,
  token: string,
): Promise<void> {
  const archive = tarArchive(archiveFiles(files))
  const packs = worthTrying(site.link, archive.length) && (await isCompressible(archive))
  const payload = packs ? await gzipped(archive, { level: 1 }) : archive
  const started = performance.now()
  const { exitCode, stderr } = await runScript(site.shell, {
    script: `set -- ${shellWords([folder, token, packs ? 'gzip' : 'raw'])}\n${receiveBatch}`,
    send: async (input) => void input.end(payload),
    receive: async (output) => void output.resume(),
  })
  if (exitCode !== 0) throw writeError(site, `${folder}/${files[0]?.path ?? ''}`, stderr, exitCode)
  if (!packs) site.link.record(archive.length, (performance.now() - started) / 1000)
}

export function writeError(
  { shell }: TransferSite,
  path: string,
  stderr: string,
  exitCode: number,
): RemoteWriteError {
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => line !== '')
  const telling =
    lines.find((line) => /space|quota|permission|read-only|is a folder/i.test(line)) ?? lines.at(-1)
  return new RemoteWriteError(
    shell.host,
    path,
    telling ?? `what arrived is not what was sent (exit code ${exitCode})`,
  )
}

function archiveFiles(files: readonly CheckedFile[]) {
  const named = files.map(({ content, executable }, i) => ({
    name: `f${String(i).padStart(6, '0')}`,
    content,
    executable,
  }))
  const want = named.map(({ content }) => `${createHash('sha256').update(content).digest('hex')}\n`).join('')
  const plain = (name: string, text: string) => ({ name, content: Buffer.from(text), executable: false })
  return [...named, plain('want', want), plain('place', placeScript(files))]
}

function placeScript(files: readonly CheckedFile[]): string {
  const folders = new Set(files.map(({ path }) => posix.dirname(path)).filter((folder) => folder !== '.'))
  const make = [...folders].map((folder) => `mkdir -p ./${shellQuote(folder)} || exit 74`)
  const move = files.map(({ path }, i) => `place f${String(i).padStart(6, '0')} ./${shellQuote(path)}`)
  return [...make, ...move, ''].join('\n')
}
