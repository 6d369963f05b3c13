import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitEnd, fitStart, harmless, padTo, textWidth } from '../../../src/cli/watch/text-width.ts'
import { paintLine, span } from '../../../src/cli/watch/styled-line.ts'

describe('the width of a text in a terminal', () => {
  it.each([
    ['relax', 5],
    ['能量', 4], // two wide characters
    ['e\u0301', 1], // a letter and its accent
    ['한글', 4],
    ['Å', 1],
    ['🧪', 2],
    ['', 0],
  ])('of %j is %i', (text, columns) => expect(textWidth(text)).toBe(columns))

  it('is never more than asked for, whichever end is kept', () => {
    const character = fc.constantFrom('a', '/', '能', 'e\u0301', '…', '🧪', '\t', 'Å', '\u0007')

    fc.assert(
      fc.property(fc.array(character).map((all) => all.join('')), fc.integer({ min: 0, max: 30 }), (text, columns) => {
        expect(textWidth(fitStart(harmless(text), columns))).toBeLessThanOrEqual(columns)
        expect(textWidth(fitEnd(harmless(text), columns))).toBeLessThanOrEqual(columns)
      }),
    )
  })

  it('keeps columns in line below wide characters', () => {
    expect(textWidth(padTo('能量', 8))).toBe(8)
    expect(fitEnd('screen/能量-1/relax', 9)).toBe('…-1/relax')
    expect(fitStart('能量能量', 6)).toBe('能量…')
  })
})

describe('a line', () => {
  it('holds nothing from a site that the terminal would obey', () => {
    const hostile = '\u001b]0;title\u0007\u001b[2J\u009b31m\r\n\u202egnp.exe'

    // eslint-disable-next-line no-control-regex -- they must not be there
    expect(paintLine([span(hostile)], 80, { withColour: true, isAscii: false })).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  })

  it('keeps its columns where the terminal has no UTF-8', () => {
    expect(paintLine([span('能 · 0.05 eV/Å …')], 80, { withColour: false, isAscii: true })).toBe('?? - 0.05 eV/A ~')
  })

  it('has no codes of colours for who wants none', () => {
    const line = [span('failed', 'strong-red'), span(' why', 'dim')]

    expect(paintLine(line, 80, { withColour: false, isAscii: false })).toBe('failed why')
    expect(paintLine(line, 80, { withColour: true, isAscii: false })).toContain('\u001b[1;31mfailed\u001b[0m')
  })
})
