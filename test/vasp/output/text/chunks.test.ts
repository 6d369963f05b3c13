import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ascii, textOf } from '../../../../src/vasp/output/text/bytes.ts'
import { createLineScanner } from '../../../../src/vasp/output/text/chunks.ts'

function linesOf(text: string, cuts: readonly number[]): string[] {
  const lines: string[] = []
  const scanner = createLineScanner((bytes, start, end) => lines.push(textOf(bytes, start, end)))
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
  // Views into one buffer: the scanner looks at four bytes at a time and must not mind where a chunk begins.
  const bytes = ascii(text)
  for (let index = 1; index < places.length; index++) scanner.push(bytes.subarray(places[index - 1], places[index]))
  scanner.finish()
  return lines
}

it('gives the same lines wherever the chunks are cut, with LF and CRLF', () => {
  const line = fc.string({ unit: fc.constantFrom('a', ' ', '1', '\r'), maxLength: 12 })
  fc.assert(fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.array(fc.nat(200)), (lines, newline, cuts) => {
    const text = lines.map((content) => content.replace(/\r/g, '') + newline).join('')
    expect(linesOf(text, cuts)).toEqual(text.split(newline).slice(0, -1))
  }))
})

it('hands over a last line without line end, and nothing for an empty file', () => {
  expect(linesOf('one\ntwo', [5])).toEqual(['one', 'two'])
  expect(linesOf('', [])).toEqual([])
})

it('keeps at most a megabyte of a line that never ends', () => {
  let seen = 0
  const scanner = createLineScanner((_bytes, start, end) => (seen = end - start))
  for (let index = 0; index < 64; index++) scanner.push(new Uint8Array(65536).fill(97))
  scanner.finish()
  expect(seen).toBe(1 << 20)
})
