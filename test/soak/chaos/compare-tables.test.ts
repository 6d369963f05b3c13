import { describe, expect, it } from 'vitest'
import { compareTables } from './compare-tables.ts'

const before = 'Candidate,d mean (Å),d individual (Å),Flags\r\nAl-on-Mn,1.9543,"1.91, 2.00",\r\nB-on-Mn,1.4821,1.47|1.49,\r\n'
const continued = (candidate: string): boolean => candidate === 'B-on-Mn'

describe('two tables of the same screen', () => {
  it('are the same when every byte is', () => {
    const { rows, differing } = compareTables(before, before, () => false)

    expect([rows, differing]).toEqual([2, []])
  })

  it('differ when the last digit of a number does, and the cell is named', () => {
    const { differing } = compareTables(before, before.replace('1.9543', '1.9544'), continued)

    expect(differing).toEqual(['Al-on-Mn, d mean (Å): 1.9543 became 1.9544'])
  })

  it('may differ within the tolerance of the unit where a run was continued, and the largest change is told', () => {
    const after = before.replace('1.4821', '1.4850').replace('1.47|1.49,', '1.47|1.49,attempt 2')
    const { differing, continuedRows, largestChange } = compareTables(before, after, continued)

    expect([differing, continuedRows]).toEqual([[], 1])
    expect(largestChange.get('Å')).toBeCloseTo(0.0029, 10)
  })

  it('differ beyond it, and when a row, a bond or a word is another one', () => {
    const differences = (from: string, to: string): number => compareTables(before, before.replace(from, to), continued).differing.length

    expect(differences('1.4821', '1.4950')).toBe(1)
    expect(differences('1.47|1.49', '1.47')).toBe(1)
    expect(differences('B-on-Mn,', 'C-on-Mn,')).toBe(1)
    expect(differences('B-on-Mn,1.4821,1.47|1.49,\r\n', '')).toBeGreaterThan(0)
  })
})
