import { beforeAll, describe, expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { norm, subtract, type Vector3 } from '../../../src/base/vector.ts'
import { rattle } from '../../../src/structure/dopant/rattle.ts'
import { toCartesian, wrapDifference } from '../../../src/structure/lattice.ts'
import { neighboursOf } from '../../../src/structure/neighbours.ts'
import { withSites, type Structure } from '../../../src/structure/structure.ts'
import type { Plan } from '../../../src/workflow/plan.ts'
import { planContent } from '../../../src/workflow/plan-content.ts'
import { misfitOf, placedInRelaxedHost, type RelaxedHostStart } from '../../../src/workflow/relaxed-host.ts'
import { calculationOf, candidateOf, flagshipWith, planOf, startOf } from './expanded.ts'

beforeAll(() => loadSymmetryEngine())

const small = ['supercell: [2, 2]', 'supercell: [1, 1]'] as const
const relaxedFirst = ['seed: 1', 'seed: 1\n  start: relaxed-pristine'] as const
const sites = (...rules: readonly string[]) => ['preset: paper', `sites: [${rules.join(', ')}]`] as const
const only = (elements: string) => ['[B, P, S, Si, Al]', `[${elements}]`] as const

describe('doped slabs that start from the relaxed undoped one', () => {
  const plan = () => planOf(flagshipWith(small, relaxedFirst, only('B, Al'), sites('{ replace: Mn }')))

  it('wait for it, and everything else waits as before', () => {
    const waits = plan().calculations.map(({ candidateId, step, dependsOn }) => [`${candidateId}/${step}`, ...dependsOn])

    expect(waits.filter(([id]) => !id?.includes('delith'))).toEqual([
      ['pristine/relax'],
      ['pristine/static', 'li2mno3-010/pristine/relax'],
      ['B-on-Mn/relax', 'li2mno3-010/pristine/relax'],
      ['B-on-Mn/static', 'li2mno3-010/B-on-Mn/relax'],
      ['Al-on-Mn/relax', 'li2mno3-010/pristine/relax'],
      ['Al-on-Mn/static', 'li2mno3-010/Al-on-Mn/relax'],
    ])
    expect(candidateOf(plan(), 'B-on-Mn').startsFrom).toBe('pristine')
    expect(candidateOf(plan(), 'B-on-Mn-delith1').startsFrom).toBeUndefined()
  })

  it('are where they would be without it when nothing moves in the relaxation', () => {
    const built = startOf(planOf(flagshipWith(small, only('B, Al'), sites('{ replace: Mn }'))), 'B-on-Mn')

    expect(placedInRelaxedHost(unrelaxedHost(), dopedStart(plan()))).toEqual(built)
  })

  it('keep every atom where it was planned relative to its own ion of the host, the dopant relative to the ion that it replaces', () => {
    const start = dopedStart(plan())
    const host = unrelaxedHost()
    const relaxed = relaxedHost()
    const placed = placedInRelaxedHost(relaxed, start)

    const moved = placed.sites.map((site, i) => displacement(start.structure, start.structure.sites[i]!.fractional, site.fractional))
    const wanted = placed.sites.map(({ label = '' }) => {
      const ion = label.startsWith('B-') ? replacedBy(start, host, label) : label
      return displacement(host, siteOf(host, ion).fractional, siteOf(relaxed, ion).fractional)
    })
    expect(Math.max(...moved.map((vector, i) => norm(subtract(vector, wanted[i]!))))).toBeLessThan(1e-9)
    expect(Math.max(...moved.map(norm))).toBeGreaterThan(0.1)
  })

  it('keep lattice, order, labels, moments and frozen ions of the plan', () => {
    const start = dopedStart(plan())
    const placed = placedInRelaxedHost(relaxedHost(), start)
    const frame = ({ lattice, sites: all }: Structure) => [lattice, all.map(({ fractional: _, ...rest }) => rest)]

    expect(frame(placed)).toEqual(frame(start.structure))
    expect(misfitOf(relaxedHost(), start)).toBeUndefined()
  })

  it('take no notice of the cell that CONTCAR writes an ion into, nor of the order of its ions', () => {
    const start = dopedStart(plan())
    const relaxed = relaxedHost()
    const folded = withSites(relaxed, relaxed.sites.map((site) => ({ ...site, fractional: site.fractional.map((x) => x - Math.floor(x)) as unknown as Vector3 })).reverse())
    const [one, other] = [placedInRelaxedHost(relaxed, start), placedInRelaxedHost(folded, start)]

    expect(Math.max(...one.sites.map(({ fractional }, i) => norm(displacement(one, fractional, other.sites[i]!.fractional))))).toBeLessThan(1e-9)
  })

  it('start from the undoped slab of the same magnetic order, whatever their rattle', () => {
    const orders = planOf(
      flagshipWith(small, relaxedFirst, only('B'), sites('{ replace: Mn }'), ['host:', 'starts: 2\nhost:'], ['magneticOrder: fm', 'magneticOrder: [fm, afm-neel]']),
    )

    expect(['B-on-Mn', 'B-on-Mn-s2', 'B-on-Mn-afm-neel', 'B-on-Mn-afm-neel-s2'].map((id) => calculationOf(orders, id, 'relax').dependsOn)).toEqual([
      ['li2mno3-010/pristine/relax'],
      ['li2mno3-010/pristine/relax'],
      ['li2mno3-010/pristine-afm-neel/relax'],
      ['li2mno3-010/pristine-afm-neel/relax'],
    ])
  })

  it('bring the undoped slab along into convergence tests', () => {
    const tests = planOf(flagshipWith(small, relaxedFirst, only('B'), sites('{ replace: Mn }'), ['host:', 'converge: { of: [B-on-Mn-delith1], encutEv: [400] }\nhost:']))

    expect(calculationOf(tests, 'B-on-Mn-encut400', 'relax').dependsOn).toEqual(['li2mno3-010/pristine-encut400/relax'])
    expect(candidateOf(tests, 'B-on-Mn-encut400').startsFrom).toBe('pristine-encut400')
    const ids = new Set(tests.calculations.map(({ id }) => id))
    expect(tests.calculations.flatMap(({ dependsOn }) => dependsOn).filter((id) => !ids.has(id))).toEqual([])
  })

  it('are other calculations than those that start as they are cut', () => {
    const cut = planOf(flagshipWith(small, only('B, Al'), sites('{ replace: Mn }')))
    const content = (of: Plan, id: string) => planContent(calculationOf(of, id, 'relax'))

    expect(content(plan(), 'B-on-Mn')).not.toBe(content(cut, 'B-on-Mn'))
    expect(content(plan(), 'pristine')).toBe(content(cut, 'pristine'))
  })
})

describe('a dopant in a void of the relaxed slab', () => {
  const start = () => {
    const plan = planOf(flagshipWith(small, relaxedFirst, only('B'), sites('{ interstitial: { void: tetrahedral, without: Mn } }'), ['of: [pristine, B-on-Mn]', 'of: [pristine]']))
    return calculationOf(plan, plan.candidates.find(({ dopant }) => dopant === 'B')!.id, 'relax').start as RelaxedHostStart
  }

  it('moves by the mean of the four oxygens around it', () => {
    const { structure, movesWith } = start()
    const index = structure.sites.findIndex(({ element }) => element === 'B')
    const around = movesWith[index]!.map(({ label }) => label)
    const nearest = neighboursOf(structure, index, 3).filter((other) => structure.sites[other.index]?.element === 'O').slice(0, 4)

    expect(nearest.map((other) => structure.sites[other.index]?.label).sort()).toEqual([...around].sort())
    const relaxed = relaxedHost()
    const host = unrelaxedHost()
    const moves = around.map((label) => displacement(host, siteOf(host, label).fractional, siteOf(relaxed, label).fractional))
    const mean = [0, 1, 2].map((axis) => moves.reduce((sum, move) => sum + move[axis]!, 0) / 4) as unknown as Vector3
    const placed = placedInRelaxedHost(relaxed, start())
    expect(norm(subtract(displacement(placed, structure.sites[index]!.fractional, placed.sites[index]!.fractional), mean))).toBeLessThan(1e-9)
  })
})

describe('a relaxed undoped slab that the plan does not fit', () => {
  const start = () => dopedStart(planOf(flagshipWith(small, relaxedFirst, only('B'), sites('{ replace: Mn }'))))

  it('has another lattice', () => {
    const host = unrelaxedHost()
    const [a, b, c] = host.lattice
    const wider: Structure = { ...host, lattice: [[a[0] * 1.001, a[1], a[2]], b, c] }

    expect(misfitOf(wider, start())).toBe('its lattice is another')
  })

  it('lacks an ion, has one twice, or has another element at a label', () => {
    const host = unrelaxedHost()
    const [first, ...others] = host.sites
    const strange = host.sites.map((site) => (site === first ? { ...site, element: 'Na' } : site))

    expect(misfitOf(withSites(host, others), start())).toBe(`it has no ion ${first?.label}`)
    expect(misfitOf(withSites(host, [...host.sites, first!]), start())).toBe('two of its ions have the same label')
    expect(misfitOf(withSites(host, strange), start())).toBe(`${first?.label} is another element there`)
  })

  it('would put two ions on top of each other, or the dopant out of its surroundings', () => {
    const host = unrelaxedHost()
    const plan = start()
    const dopant = plan.structure.sites.findIndex(({ element }) => element === 'B')
    const ion = plan.movesWith[dopant]![0]!.label
    const oxygen = neighboursOf(host, host.sites.findIndex(({ label }) => label === ion), 3)[0]!
    const onto = moved(host, ion, oxygen.vectorAngstrom.map((x) => 0.9 * x) as unknown as Vector3)
    const away = moved(host, ion, [0, 0, 2 * Math.sign(siteOf(host, ion).fractional[2] - 0.5)])

    expect(misfitOf(onto, plan)).toMatch(/^(B-\d+ and O-\d+|O-\d+ and B-\d+) would be 0\.\d\d Å apart$/)
    expect(misfitOf(away, plan)).toMatch(/^the nearest neighbour of B-\d+ would be \d\.\d\d Å away, where 1\.\d\d Å was planned$/)
  })
})

describe('`start: relaxed-pristine`', () => {
  const bulk = (lattice: string, more = '') => `
name: bulk
host: { file: li2mno3.cif, form: bulk, lattice: ${lattice}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
dopants: { elements: [Al], sites: [{ replace: Mn }], start: relaxed-pristine }
${more}`

  it('is refused where the lattice of the host relaxes, and where nothing does', () => {
    expect(() => planOf(bulk('relaxed'))).toThrow(/not with `lattice: relaxed`/)
    expect(() => planOf(bulk('experimental', 'steps: [{ kind: static }]'))).toThrow(/needs a step that is a relaxation/)
    expect(planOf(bulk('experimental')).calculations).toHaveLength(4)
  })
})

/** The slab of the flagship before anything: no rattle, built order. */
function unrelaxedHost(): Structure {
  return startOf(planOf(flagshipWith(small, ['rattleAngstrom: 0.03', 'rattleAngstrom: 0'])), 'pristine')
}

/** As if VASP had moved every free ion by 0.15 Å. */
function relaxedHost(): Structure {
  return rattle(unrelaxedHost(), 0.15, 'relaxed')
}

function dopedStart(plan: Plan): RelaxedHostStart {
  const { start } = calculationOf(plan, 'B-on-Mn', 'relax')
  if (start.kind !== 'relaxed-host') throw new Error(`starts from ${start.kind}`)
  return start
}

/** Found by place, which the plan itself must never do. */
function replacedBy({ structure }: RelaxedHostStart, host: Structure, label: string): string {
  const { fractional } = siteOf(structure, label)
  const near = host.sites.map((site) => ({ label: site.label ?? '', distance: norm(displacement(host, site.fractional, fractional)) }))
  return near.filter((each) => each.label.startsWith('Mn')).sort((a, b) => a.distance - b.distance)[0]!.label
}

function siteOf(structure: Structure, label: string): Structure['sites'][number] {
  return structure.sites.find((site) => site.label === label)!
}

function displacement({ lattice }: Structure, from: Vector3, to: Vector3): Vector3 {
  return toCartesian(lattice, wrapDifference(subtract(to, from)))
}

function moved(structure: Structure, label: string, vectorAngstrom: Vector3): Structure {
  const inverse = structure.lattice.map(norm)
  const step = vectorAngstrom.map((x, axis) => x / inverse[axis]!) as unknown as Vector3
  return withSites(structure, structure.sites.map((site) => (site.label === label ? { ...site, fractional: site.fractional.map((x, axis) => x + step[axis]!) as unknown as Vector3 } : site)))
}
