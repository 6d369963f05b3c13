import { randomBytes } from 'node:crypto'
import type { FileToSend } from '../../../ports/transport.ts'
import { safeRelativePath } from '../safe-relative-path.ts'
import { mapBounded } from './bounded.ts'
import type { LinkSpeed } from './link-speed.ts'
import type { RemoteShell } from './remote-shell.ts'
import type { Repeat } from './repeated.ts'
import { sendBatch } from './send-batch.ts'
import { sendLarge } from './send-large.ts'

/** What a transfer works with. */
export interface TransferSite {
  readonly shell: RemoteShell
  readonly link: LinkSpeed
  readonly repeat: Repeat
}

export interface CheckedFile {
  readonly path: string
  readonly content: Uint8Array
  readonly executable: boolean
}

/** From here on a file has a channel of its own and goes on where it was cut off. */
const largeBytes = 8 * 1024 * 1024
const batchBytes = 16 * 1024 * 1024
const batchFiles = 1000
const atOnce = 3

/** Small files many at a time, large ones alone; each is there completely or not at all. */
export async function uploadFiles(
  site: TransferSite,
  files: readonly FileToSend[],
  folder: string,
): Promise<void> {
  const checked = files.map(checkedFile)
  const [small, large] = [checked.filter((file) => !isLarge(file)), checked.filter(isLarge)]
  const sends = [
    ...batches(small).map((batch) => () => sendBatch(site, batch, folder, randomBytes(6).toString('hex'))),
    ...large.map((file) => () => sendLarge(site, file, folder)),
  ]
  await mapBounded(sends, atOnce, (send) => site.repeat(send))
}

function checkedFile({ path, content, executable = false }: FileToSend): CheckedFile {
  return {
    path: safeRelativePath(path),
    content: typeof content === 'string' ? Buffer.from(content) : content,
    executable,
  }
}

function isLarge(file: CheckedFile): boolean {
  return file.content.length >= largeBytes
}

function batches(files: readonly CheckedFile[]): CheckedFile[][] {
  const made: CheckedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = made.at(-1)
    bytes += file.content.length
    if (last !== undefined && bytes <= batchBytes && last.length < batchFiles) last.push(file)
    else {
      made.push([file])
      bytes = file.content.length
    }
  }
  return made
}
