import { SiteUnreachableError } from '../../ports/transport-errors.ts'
import type { Transport } from '../../ports/transport.ts'
import { lookScript, readLook, type JobFiles } from './look-script.ts'

/**
 * What the jobs of many folders wrote, in the order of the folders.
 *
 * @throws SiteUnreachableError when an answer is not whole: a cut answer must not look like missing files
 */
export async function lookAt(transport: Transport, folders: readonly string[]): Promise<readonly JobFiles[]> {
  const found: JobFiles[] = []
  for (const some of inCalls(folders)) {
    const output = await transport.run({ program: 'sh', args: ['-c', lookScript, 'dopant-look', ...some] })
    const files = readLook(output.stdout)
    if (output.exitCode !== 0 || files.length !== some.length) {
      throw new SiteUnreachableError(transport.host, `the look into ${some.length} folders was cut. ${output.stderr}`)
    }
    found.push(...files)
  }
  return found
}

// Linux refuses a single word of 128 KiB, and the whole call over SSH is one.
const bytesPerCall = 100_000
const foldersPerCall = 1000

/** Cuts a list of words into calls that every system takes. */
export function inCalls(words: readonly string[]): readonly (readonly string[])[] {
  const calls: string[][] = []
  let bytes = Infinity
  for (const word of words) {
    // Quotes and a blank around each word.
    const more = Buffer.byteLength(word) + 3
    if (bytes + more > bytesPerCall || calls.at(-1)?.length === foldersPerCall) {
      calls.push([])
      bytes = 0
    }
    calls.at(-1)?.push(word)
    bytes += more
  }
  return calls
}
