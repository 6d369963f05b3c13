import { describe, expect, it } from 'vitest'
import { importedCandidate } from '../../../src/app/import/import-candidate.ts'
import { DopantUnclearError } from '../../../src/app/import/import-errors.ts'
import { nameDopants, type ReadMember } from '../../../src/app/import/import-members.ts'
import type { ImportedRun } from '../../../src/app/import/read-imported.ts'
import type { Structure } from '../../../src/structure/structure.ts'

/** Ions by count, in a large cell; where they are does not matter here. */
function cell(counts: Readonly<Record<string, number>>): Structure {
  const elements = Object.entries(counts).flatMap(([element, count]) => Array.from({ length: count }, () => element))
  return { comment: '', lattice: [[8, 0, 0], [0, 8, 0], [0, 0, 8]], sites: elements.map((element, n) => ({ element, fractional: [1, 7, 11].map((step) => ((n * step) % elements.length) / elements.length) as [number, number, number] })) } // prettier-ignore
}

function member(label: string, counts: Readonly<Record<string, number>>): ReadMember {
  return { label, home: `/runs/${label}`, runs: [{ kind: 'relax', folder: `/runs/${label}`, written: cell(counts) } as unknown as ImportedRun], warnings: [] }
}

const pristine = member('pristine', { Li: 16, Mn: 8, O: 24 })
const boron = member('B', { Li: 16, Mn: 7, B: 1, O: 24 })
const phosphorus = member('P', { Li: 16, Mn: 7, P: 1, O: 24 })
const charged = member('charged', { Li: 8, Mn: 8, O: 24 })
const states = { Li: 1, Mn: 4, O: -2, B: 3, P: 5 }

describe('the dopant of an imported run', () => {
  it('is what it has and the others lack', () => {
    expect(nameDopants([boron, pristine, phosphorus], undefined).map(({ dopant }) => dopant)).toEqual(['B', null, 'P'])
  })

  it('is found without an undoped run, as long as two dopants differ', () => {
    expect(nameDopants([boron, phosphorus], undefined).map(({ dopant }) => dopant)).toEqual(['B', 'P'])
  })

  it('is told by the elements of the screen that the run is put beside', () => {
    expect(nameDopants([boron], undefined, ['Li', 'Mn', 'O'])[0]!.dopant).toBe('B')
  })

  it('is what the user says, and none where the user says so', () => {
    expect(nameDopants([boron, pristine], 'B').map(({ dopant }) => dopant)).toEqual(['B', null])
    expect(nameDopants([boron, pristine], 'none').map(({ dopant }) => dopant)).toEqual([null, null])
  })

  it('is asked for when two elements could be it, or none of the runs has it', () => {
    const both = member('both', { Li: 16, Mn: 6, B: 1, P: 1, O: 24 })

    expect(() => nameDopants([pristine, both], undefined)).toThrow(DopantUnclearError)
    expect(() => nameDopants([pristine, boron], 'Si')).toThrow(/does not hold the dopant/)
  })
})

describe('the candidate of an imported run', () => {
  const host = { id: 'pristine', structure: cell({ Li: 16, Mn: 8, O: 24 }) }
  const candidate = (read: ReadMember) => importedCandidate(nameDopants([pristine, read], undefined)[1]!, host, states)

  it('says which ion of the host the dopant replaces, and what that leaves to place', () => {
    const { series, site, formalChargeBalance, imported } = candidate(boron)

    expect(series).toBe('Mn')
    expect(site).toMatchObject({ element: 'Mn', place: 'bulk', ionIndices: [23] })
    expect(formalChargeBalance).toBe(-1) // B3+ for Mn4+: one hole
    expect(imported).toEqual({ relax: '/runs/B' })
  })

  it('sees lithium that was taken out: Li1MnO3 has one hole for three oxygens', () => {
    expect(candidate(charged).delithiation).toMatchObject({ of: 'pristine', removedCount: 8, remainingPerFormulaUnit: 1, formalHolesPerOxygen: 1 / 3 })
  })
})
