/** Ways in which a text file comes to harm. Each takes a source of numbers in [0, 1). */
export type Mutation = (content: Uint8Array, random: () => number) => Uint8Array

export const mutations: Readonly<Record<string, Mutation>> = {
  'cut short': (content, random) => content.slice(0, Math.floor(random() * content.length)),
  'bytes flipped': (content, random) => changed(content, random, 20, (bytes, at) => (bytes[at] = Math.floor(random() * 256))),
  'digits changed': (content, random) => changed(content, random, 50, (bytes, at) => {
    if (bytes[at]! >= 48 && bytes[at]! <= 57) bytes[at] = 48 + Math.floor(random() * 10)
  }),
  'asterisks': (content, random) => changed(content, random, 5, (bytes, at) => bytes.fill(42, at, Math.min(at + 12, bytes.length))),
  'NaN': (content, random) => changed(content, random, 5, (bytes, at) => bytes.set([78, 97, 78].slice(0, bytes.length - at), at)),
  'blanks lost': (content, random) => changed(content, random, 50, (bytes, at) => {
    if (bytes[at] === 32) bytes[at] = 45
  }),
  'line ends lost': (content, random) => changed(content, random, 200, (bytes, at) => {
    if (bytes[at] === 10) bytes[at] = 32
  }),
  'a piece in the middle lost': (content, random) => {
    const from = Math.floor(random() * content.length)
    return joined(content.subarray(0, from), content.subarray(from + Math.floor(random() * 5000)))
  },
  'pieces swapped': (content, random) => {
    const [one, two, three] = [random(), random(), random()].map((part) => Math.floor(part * content.length)).sort((a, b) => a - b) as [number, number, number]
    return joined(content.subarray(0, one), content.subarray(two, three), content.subarray(one, two), content.subarray(three))
  },
  'CRLF': (content, random) => {
    const text = Buffer.from(content.subarray(Math.floor(random() * 1000))).toString('latin1')
    return Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')
  },
}

function changed(content: Uint8Array, random: () => number, places: number, change: (bytes: Uint8Array, at: number) => void): Uint8Array {
  // Not slice: that of a Buffer shares its memory.
  const bytes = new Uint8Array(content)
  for (let place = 0; place < places && bytes.length > 0; place++) change(bytes, Math.floor(random() * bytes.length))
  return bytes
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
