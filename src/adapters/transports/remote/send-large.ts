import { createHash } from 'node:crypto'
import { Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { shellWords } from '../../../base/shell-quote.ts'
import { collectBytes } from './collect-bytes.ts'
import { isCompressible } from './compressible.ts'
import { worthTrying } from './link-speed.ts'
import { runScript } from './run-script.ts'
import { writeError } from './send-batch.ts'
import { appendToPart, placePart, sizeOfPart } from './transfer-scripts.ts'
import type { CheckedFile, TransferSite } from './upload-files.ts'

const chunkBytes = 256 * 1024

/** A file of its own that goes on where an earlier attempt was cut off: its part is named after what is in it. */
export async function sendLarge(site: TransferSite, file: CheckedFile, folder: string): Promise<void> {
  const sum = createHash('sha256').update(file.content).digest('hex')
  const part = `.dopant-${sum.slice(0, 24)}.part`
  const have = Number(await say(site, sizeOfPart, [folder, part], `${folder}/${file.path}`))
  const offset = have <= file.content.length ? have : 0
  if (offset < file.content.length) await append(site, file, { folder, part, offset })
  const mode = file.executable ? '755' : '644'
  await say(site, placePart, [folder, part, sum, `./${file.path}`, mode], `${folder}/${file.path}`)
}

async function append(
  site: TransferSite,
  { path, content }: CheckedFile,
  { folder, part, offset }: { folder: string; part: string; offset: number },
): Promise<void> {
  const rest = content.subarray(offset)
  const packs = worthTrying(site.link, rest.length) && (await isCompressible(rest))
  const started = performance.now()
  const args = [folder, part, String(offset), packs ? 'gzip' : 'raw']
  await say(site, appendToPart, args, `${folder}/${path}`, (input) =>
    packs ? pipeline(chunks(rest), createGzip({ level: 1 }), input) : pipeline(chunks(rest), input),
  )
  if (!packs) site.link.record(rest.length, (performance.now() - started) / 1000)
}

async function say(
  site: TransferSite,
  script: string,
  args: readonly string[],
  path: string,
  send?: (input: Writable) => Promise<void>,
): Promise<string> {
  const { exitCode, stderr, value } = await runScript(site.shell, {
    script: `set -- ${shellWords(args)}\n${script}`,
    ...(send === undefined ? {} : { send }),
    receive: (output) => collectBytes(output, chunkBytes, site.shell.host),
  })
  if (exitCode !== 0) throw writeError(site, path, stderr, exitCode)
  return value.toString('latin1').trim()
}

function chunks(content: Uint8Array): Readable {
  return Readable.from(
    (function* () {
      for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes)
    })(),
    { objectMode: false, highWaterMark: 4 * chunkBytes },
  )
}
