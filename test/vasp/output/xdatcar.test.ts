import { describe, expect, it } from 'vitest'
import { readXdatcar } from '../../../src/vasp/output/xdatcar.ts'

const header = [
  'Li F',
  '           1',
  '     4.026000    0.000000    0.000000',
  '     0.000000    4.026000    0.000000',
  '     0.000000    0.000000    4.026000',
  '   Li   F',
  '     1     2',
]
const step = (number: number, x: number) => [
  `Direct configuration=${String(number).padStart(6)}`,
  `   ${x.toFixed(8)}  0.00000000  0.00000000`,
  '   0.50000000  0.50000000  0.50000000',
  '   0.25000000  0.25000000 -0.25000000',
]

describe('readXdatcar', () => {
  it('goes through the steps of a run at constant cell', async () => {
    const seen: [number, number | undefined][] = []

    const file = await readXdatcar([bytes([...header, ...step(1, 0.1), ...step(2, 0.2)])], {
      onConfiguration: ({ step: number, fractional }) => seen.push([number, fractional[0]]),
    })

    expect(seen).toEqual([
      [1, 0.1],
      [2, 0.2],
    ])
    expect(file).toMatchObject({
      elements: ['Li', 'F', 'F'],
      configurationCount: 2,
      hasVariableCell: false,
      isComplete: true,
    })
    expect(file.finalPositionsFractional[2]).toEqual([0.25, 0.25, -0.25])
  })

  it('follows a cell that changes', async () => {
    const second = header.map((line) => line.replaceAll('4.026000', '4.100000'))

    const file = await readXdatcar([bytes([...header, ...step(1, 0.1), ...second, ...step(2, 0.2)])])

    expect(file.hasVariableCell).toBe(true)
    expect(file.latticeAngstrom[0][0]).toBe(4.026)
    expect(file.finalLatticeAngstrom[2][2]).toBe(4.1)
  })

  it('leaves out a configuration that was cut, wherever the cut is', async () => {
    const whole = bytes([...header, ...step(1, 0.1), ...step(2, 0.2)])
    const first = bytes([...header, ...step(1, 0.1)]).length

    for (let length = first; length < whole.length; length++) {
      const file = await readXdatcar([whole.subarray(0, length)])

      expect(file.configurationCount).toBe(1)
      expect(file.finalPositionsFractional[0]?.[0]).toBe(0.1)
    }
  })

  it('refuses stars, and a file without a configuration', async () => {
    await expect(
      readXdatcar([
        bytes([...header, ...step(1, 0.1)].map((line) => line.replace('0.50000000 ', '********** '))),
      ]),
    ).rejects.toThrow('line 10')
    await expect(readXdatcar([bytes(header)])).rejects.toThrow('one whole configuration')
  })
})

function bytes(lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\n') + '\n', 'latin1')
}
