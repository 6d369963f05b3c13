import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { provenanceChain } from '../../../src/app/provenance/provenance-chain.ts'
import { screenResults } from '../../../src/app/results/screen-results.ts'
import { norm, subtract, type Vector3 } from '../../../src/base/vector.ts'
import { toCartesian, wrapDifference } from '../../../src/structure/lattice.ts'
import { readPoscar } from '../../../src/structure/poscar.ts'
import type { Structure } from '../../../src/structure/structure.ts'
import type { StepResult } from '../../../src/workflow/step-result.ts'
import { bondTable } from '../../../src/workflow/tables/bond-table.ts'
import { rehearsedProject, type RehearsedProject } from './rehearsed-project.ts'

/** Al on Mn in the cell of Li2MnO3, 24 atoms; a step takes a second or two. */
const screen = (name: string) => `
name: ${name}
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
dopants: { elements: [Al], sites: [{ replace: Mn, wyckoff: 4g }], start: relaxed-pristine, rattleAngstrom: 0.02 }
kpoints: { spacing: 0.06 }
`

describe('a doped cell that starts from the relaxed undoped one, on the rehearsal site', () => {
  let project: RehearsedProject
  beforeAll(async () => {
    project = await rehearsedProject()
    await project.save(screen('lean'))
    await project.settle('lean')
  })
  afterAll(() => project?.workspace.close())
  const store = () => project.workspace.parts.store
  const relaxed = async (id: string) => ((await store().result(id))!.result as StepResult).structure

  it('is sent with the relaxed positions, the dopant where the Mn was that it replaces, each 0.02 Å away', async () => {
    const host = await relaxed('lean/pristine/relax')
    const calculation = await store().calculation('lean/Al-on-Mn/relax')
    const poscar = readPoscar(readFileSync(join(calculation?.remoteFolder ?? '', 'POSCAR'), 'utf8')).structure
    const { start } = calculation!.plan
    if (start.kind !== 'relaxed-host') throw new Error(start.kind)

    const shifts = poscar.sites.map(({ fractional }, i) => {
      const [ion] = start.movesWith[i] ?? []
      return distanceAngstrom(poscar, fractional, host.sites.find(({ label }) => label === ion?.label)!.fractional)
    })
    expect(poscar.lattice.flat().map((x, i) => Math.abs(x - host.lattice.flat()[i]!)).every((x) => x < 1e-9)).toBe(true)
    expect(poscar.sites.map(({ element }) => element)).toEqual(start.structure.sites.map(({ element }) => element))
    expect(shifts.every((shift) => Math.abs(shift - 0.02) < 1e-6)).toBe(true)
  })

  it('has a start that differs from the cut cell by what the undoped cell relaxed', async () => {
    const [pristine, doped] = await screenResults(store(), 'lean', () => 'rehearsal')
    const host = await relaxed('lean/pristine/relax')
    const cut = pristine?.initial
    const moved = host.sites.map(({ fractional }, i) => distanceAngstrom(host, fractional, cut!.sites[i]!.fractional))

    expect(Math.max(...moved)).toBeGreaterThan(0.03)
    expect(doped?.initial?.sites).toHaveLength(24)
    expect(doped?.startsFrom).toBe('pristine')
    expect(doped?.initial?.sites.filter(({ element }) => element === 'Al')).toHaveLength(1)
  })

  it('says so in the table, whose change of the relaxation counts from there', async () => {
    const results = await screenResults(store(), 'lean', () => 'rehearsal')
    const table = bondTable(results)
    const row = table.rows.find(({ candidate }) => candidate === 'Al-on-Mn')
    const start = results.find(({ candidateId }) => candidateId === 'Al-on-Mn')!.initial!
    const poscar = readPoscar(readFileSync(join((await store().calculation('lean/Al-on-Mn/relax'))?.remoteFolder ?? '', 'POSCAR'), 'utf8')).structure

    expect(table.notes).toContain('Al-on-Mn started from the relaxed pristine with the dopant in its place: changes of the relaxation count from there.')
    expect(start.sites.map(({ fractional }, i) => distanceAngstrom(start, fractional, poscar.sites[i]!.fractional)).every((x) => x < 1e-6)).toBe(true)
    expect(row?.['relaxationChangeAngstrom']).toEqual(expect.any(Number))
  })

  it('leads back to the undoped relaxation in its provenance', async () => {
    const chain = await provenanceChain(store(), 'lean/Al-on-Mn/static')

    expect(chain.map(({ id }) => id)).toEqual(['lean/Al-on-Mn/static', 'lean/Al-on-Mn/relax', 'lean/pristine/relax'])
  })

  it('is not run again in another screen that starts from the same relaxed cell', async () => {
    const before = project.starts()
    await project.save(screen('twin'))
    await project.settle('twin')

    expect(project.starts()).toBe(before)
    const twin = await store().summaries({ screenName: 'twin' })
    expect(twin.map(({ reusedFrom }) => reusedFrom?.replace('lean/', 'twin/'))).toEqual(twin.map(({ id }) => id))
  })

  it('waits for a person when it does not fit into what the undoped cell became, and what follows it is blocked at once', async () => {
    const { attempt, result } = (await store().result('lean/pristine/relax'))!
    const { structure, ...rest } = result as StepResult
    const [a, b, c] = structure.lattice
    await store().saveResult('lean/pristine/relax', attempt, { ...rest, structure: { ...structure, lattice: [[a[0] + 0.1, a[1], a[2]], b, c] } })
    await project.save(screen('odd'))
    await project.settle('odd')

    const [relax, after] = (await store().summaries({ screenName: 'odd' })).filter(({ candidateId }) => candidateId === 'Al-on-Mn')
    expect(relax).toMatchObject({ state: 'failed', failure: { code: 'START_MISFIT', message: 'odd/Al-on-Mn/relax cannot start from odd/pristine/relax: its lattice is another.' } })
    expect(after?.state).toBe('blocked')
  })
})

function distanceAngstrom({ lattice }: Structure, one: Vector3, other: Vector3): number {
  return norm(toCartesian(lattice, wrapDifference(subtract(one, other))))
}
