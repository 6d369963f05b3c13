import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const gzipped = promisify(gzip)
const sampleBytes = 64 * 1024

/** Does a sample from the middle shrink by a third? Grids in text do; what is compressed already does not. */
export async function isCompressible(content: Uint8Array): Promise<boolean> {
  const from = Math.max(0, Math.floor((content.length - sampleBytes) / 2))
  const sample = content.subarray(from, from + sampleBytes)
  return (await gzipped(sample, { level: 1 })).length < 0.7 * sample.length
}
