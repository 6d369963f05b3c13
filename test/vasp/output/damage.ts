import { seededRandom, type Random } from '../../../src/base/seeded-random.ts'

/** How many damaged copies of each file to try; the nightly run asks for hundreds. */
export const mutationCount = Number(process.env['DOPANT_MUTATIONS'] ?? 40)

export interface DamagedCopy {
  readonly how: string
  readonly bytes: Buffer
}

/** Copies with the damage that files really suffer, the same for the same seed. */
export function* damagedCopies(content: Buffer, seed: string, count = mutationCount): Generator<DamagedCopy> {
  const random = seededRandom(seed)
  yield { how: 'empty', bytes: Buffer.alloc(0) }
  yield {
    how: 'with CRLF',
    bytes: Buffer.from(content.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'),
  }
  for (let i = 0; i < count; i++) {
    const { how, apply } = damages[i % damages.length] as Damage
    yield { how: `${how} (${i}, seed ${seed})`, bytes: apply(content, random) }
  }
}

interface Damage {
  readonly how: string
  readonly apply: (content: Buffer, random: Random) => Buffer
}

const damages: readonly Damage[] = [
  { how: 'cut off', apply: (content, random) => content.subarray(0, Math.floor(random() * content.length)) },
  {
    how: 'with a flipped byte',
    apply: (content, random) => withByte(content, random, Math.floor(random() * 256)),
  },
  { how: 'with stars', apply: (content, random) => withNumber(content, random, '********') },
  { how: 'with NaN', apply: (content, random) => withNumber(content, random, 'NaN') },
  { how: 'with two lines swapped', apply: swapLines },
  { how: 'with a line missing', apply: (content, random) => withoutLine(content, random) },
  { how: 'with numbers that touch', apply: (content, random) => withoutBlank(content, random) },
  { how: 'with a hole of zero bytes', apply: withHole },
  { how: 'with a huge number', apply: (content, random) => withNumber(content, random, '999999999') },
]

function withByte(content: Buffer, random: Random, value: number): Buffer {
  const copy = Buffer.from(content)
  if (copy.length > 0) copy[Math.floor(random() * copy.length)] = value
  return copy
}

function withNumber(content: Buffer, random: Random, replacement: string): Buffer {
  const start = Math.floor(random() * content.length)
  const found = /[-+.\dEe]+/.exec(content.toString('latin1', start, start + 4000))
  if (found === null) return content
  const at = start + found.index
  return Buffer.concat([
    content.subarray(0, at),
    Buffer.from(replacement),
    content.subarray(at + found[0].length),
  ])
}

function lineAt(content: Buffer, random: Random): readonly [start: number, end: number] {
  const at = Math.floor(random() * content.length)
  const end = content.indexOf(10, at)
  return [content.lastIndexOf(10, Math.max(0, at - 1)) + 1, end < 0 ? content.length : end + 1]
}

function withoutLine(content: Buffer, random: Random): Buffer {
  const [start, end] = lineAt(content, random)
  return Buffer.concat([content.subarray(0, start), content.subarray(end)])
}

function swapLines(content: Buffer, random: Random): Buffer {
  const [one, other] = [lineAt(content, random), lineAt(content, random)].sort((a, b) => a[0] - b[0]) as [
    readonly [number, number],
    readonly [number, number],
  ]
  if (one[1] > other[0]) return content
  const part = (start: number, end: number) => content.subarray(start, end)
  return Buffer.concat([
    part(0, one[0]),
    part(...other),
    part(one[1], other[0]),
    part(...one),
    part(other[1], content.length),
  ])
}

function withoutBlank(content: Buffer, random: Random): Buffer {
  const at = content.indexOf(32, Math.floor(random() * content.length))
  return at < 0 ? content : Buffer.concat([content.subarray(0, at), content.subarray(at + 1)])
}

function withHole(content: Buffer, random: Random): Buffer {
  const copy = Buffer.from(content)
  const start = Math.floor(random() * copy.length)
  copy.fill(0, start, Math.min(copy.length, start + 512))
  return copy
}
