import { describe, expect, it } from 'vitest'
import { hasTextFont, pngFromSvg } from '../../../src/adapters/figures/png-from-svg.ts'
import { drawFigure } from '../../../src/tables/figures/figure.ts'
import { text } from '../../../src/tables/figures/text.ts'

const size = { widthMm: 25.4, heightMm: 12.7 }
const picture = (words: string): string =>
  drawFigure({ title: 'T', caption: 'C', size, isRehearsal: false, draw: () => (words === '' ? [] : [text(5, 20, words)]) }, 'light')

if (!hasTextFont()) console.warn('skipped: no TrueType font on this machine; install fonts-dejavu-core to test PNG figures')

describe.skipIf(!hasTextFont())('a figure as PNG', () => {
  it('has the printed size at the dots per inch that are asked for', async () => {
    const png = Buffer.from(await pngFromSvg(picture('B–O 1.37 Å'), { dotsPerInch: 300 }))

    expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([300, 150])
  })

  it('shows its text: other words make another picture', async () => {
    const [empty, some] = [await pngFromSvg(picture(''), { dotsPerInch: 150 }), await pngFromSvg(picture('Mn'), { dotsPerInch: 150 })]

    expect(some.length).toBeGreaterThan(empty.length * 1.2)
  })
})
