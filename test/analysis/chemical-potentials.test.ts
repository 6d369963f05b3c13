import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dopantLimit, stabilityLimits, type PhaseEnergy, type StabilityLimit } from '../../src/analysis/chemical-potentials.ts'

const phase = (name: string, counts: PhaseEnergy['counts'], energyEv: number): PhaseEnergy => ({ name, counts, energyEv })

/**
 * Enthalpies of formation at 298 K in eV per formula, elements at zero.
 *
 * @source NIST-JANAF and CRC tables: Li2O −597.9, MnO2 −520.0, MnO −385.2, Mn2O3 −959.0, Mn3O4 −1387.8 kJ/mol; Li2MnO3 set so that it is stable
 */
const [li, mn, o2] = [phase('Li', { Li: 1 }, 0), phase('Mn', { Mn: 1 }, 0), phase('O2', { O: 2 }, 0)]
const li2o = phase('Li2O', { Li: 2, O: 1 }, -6.197)
const mno2 = phase('MnO2', { Mn: 1, O: 2 }, -5.389)
const oxides = [phase('MnO', { Mn: 1, O: 1 }, -3.992), phase('Mn2O3', { Mn: 2, O: 3 }, -9.939), phase('Mn3O4', { Mn: 3, O: 4 }, -14.383)]
const host = phase('Li2MnO3', { Li: 2, Mn: 1, O: 3 }, -12.4)
const all = [li, mn, o2, li2o, mno2, ...oxides]

const limitsOf = (phases: readonly PhaseEnergy[], of = host): readonly StabilityLimit[] => {
  const found = stabilityLimits(of, phases)
  return found.kind === 'stable' ? found.limits : []
}
const bound = ({ counts }: PhaseEnergy, { chemicalPotentialsEv }: StabilityLimit) =>
  Object.entries(counts).reduce((sum, [element, n]) => sum + n * (chemicalPotentialsEv[element] ?? 0), 0)

describe('the region in which a host is stable', () => {
  it('of a binary has two ends: MgO between oxygen and magnesium', () => {
    const mgo = phase('MgO', { Mg: 1, O: 1 }, -6.235)
    const limits = limitsOf([phase('Mg', { Mg: 2 }, 0), o2], mgo)

    expect(limits.map(({ phases }) => phases)).toEqual([['Mg'], ['O2']])
    expect(limits[0]!.chemicalPotentialsEv).toEqual({ Mg: 0, O: -6.235 })
    expect(limits[1]!.chemicalPotentialsEv).toEqual({ Mg: -6.235, O: 0 })
  })

  it('of Li2MnO3 reaches oxygen between Li2O and MnO2, with the potentials that two lines of arithmetic give', () => {
    const rich = limitsOf(all).filter(({ phases }) => phases.includes('O2'))

    expect(rich.map(({ phases }) => phases.join(' + '))).toEqual(['O2 + Li2O', 'O2 + MnO2'])
    expect(rich[0]!.chemicalPotentialsEv['Li']).toBeCloseTo(-6.197 / 2, 9)
    expect(rich[0]!.chemicalPotentialsEv['Mn']).toBeCloseTo(-12.4 + 6.197, 9)
    expect(rich[1]!.chemicalPotentialsEv['Mn']).toBeCloseTo(-5.389, 9)
    expect(rich[1]!.chemicalPotentialsEv['Li']).toBeCloseTo((-12.4 + 5.389) / 2, 9)
  })

  it('has the extent that a search through a fine mesh of potentials finds', () => {
    const feasible: number[] = []
    for (let o = -8; o <= 0.0005; o += 0.01)
      for (let l = -6; l <= 0.0005; l += 0.005) {
        const corner = { phases: [], chemicalPotentialsEv: { Li: l, O: o, Mn: -12.4 - 2 * l - 3 * o } }
        if (all.every((each) => bound(each, corner) <= each.energyEv + 1e-9)) feasible.push(o)
      }
    const oxygen = limitsOf(all).map(({ chemicalPotentialsEv }) => chemicalPotentialsEv['O'] ?? 0)

    // The corners are sharp: the mesh misses their last few steps.
    expect(Math.abs(Math.max(...oxygen) - Math.max(...feasible))).toBeLessThan(0.02)
    expect(Math.abs(Math.min(...oxygen) - Math.min(...feasible))).toBeLessThan(0.02)
  })

  it('keeps every phase out and the host in at each of its corners, whatever the energies', () => {
    const energy = fc.double({ min: -4, max: 0, noNaN: true })
    fc.assert(
      fc.property(fc.array(energy, { minLength: 5, maxLength: 5 }), fc.double({ min: -16, max: -6, noNaN: true }), (shifts, hostEv) => {
        const phases = [li, mn, o2, ...[li2o, mno2, ...oxides].map((each, n) => ({ ...each, energyEv: each.energyEv + (shifts[n] ?? 0) / 2 }))]
        const own = { ...host, energyEv: hostEv }
        for (const limit of limitsOf(phases, own)) {
          expect(bound(own, limit)).toBeCloseTo(hostEv, 6)
          for (const each of phases) expect(bound(each, limit)).toBeLessThan(each.energyEv + 1e-5)
        }
      }),
      { numRuns: 200, seed: 8 },
    )
  })

  it('does not depend on the size of the cells', () => {
    const doubled = all.map((each) => ({ ...each, counts: Object.fromEntries(Object.entries(each.counts).map(([e, n]) => [e, 4 * n])), energyEv: 4 * each.energyEv }))

    expect(limitsOf(doubled, phase('host', { Li: 8, Mn: 4, O: 12 }, -49.6))).toEqual(limitsOf(all))
  })

  it('is empty for a host that a mixture undercuts, which is named with the distance', () => {
    const found = stabilityLimits({ ...host, energyEv: -11.4 }, all)

    // Li2O + MnO2 lie at −11.586 eV: 0.186 eV for six atoms.
    expect(found).toMatchObject({ kind: 'unstable', mixture: ['Li2O', 'MnO2'] })
    expect(found.kind === 'unstable' ? found.byEv : 0).toBeCloseTo(0.186 / 6, 6)
  })

  it('is not limited by too few phases', () => {
    expect(stabilityLimits(host, [li2o, mno2]).kind).toBe('unlimited')
    expect(stabilityLimits(host, []).kind).toBe('unlimited')
  })

  it('takes the lowest of several structures of one composition', () => {
    expect(limitsOf([...all, phase('ramsdellite', { Mn: 4, O: 8 }, -4 * 5.2)])).toEqual(limitsOf(all))
  })
})

describe('the potential of a dopant', () => {
  const at = { Li: -3.0985, O: 0, Mn: -6.203 }

  it('is set by the phase that comes out first: LiAlO2 beside Li2O, Al2O3 beside MnO2', () => {
    const phases = [phase('Al2O3', { Al: 2, O: 3 }, -17.37), phase('LiAlO2', { Li: 1, Al: 1, O: 2 }, -12.32), phase('Al', { Al: 1 }, 0)]

    expect(dopantLimit('Al', at, phases)).toEqual({ chemicalPotentialEv: -12.32 + 3.0985, phase: 'LiAlO2' })
    expect(dopantLimit('Al', { ...at, Li: -3.7 }, phases)?.phase).toBe('Al2O3')
  })

  it('is not known where no phase holds it, or only one with a further element', () => {
    expect(dopantLimit('B', at, [li2o])).toBeUndefined()
    expect(dopantLimit('B', at, [phase('BPO4', { B: 1, P: 1, O: 4 }, -17)])).toBeUndefined()
  })
})
