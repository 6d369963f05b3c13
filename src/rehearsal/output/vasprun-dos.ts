import type { Ion } from '../model/ions.ts'
import type { RunContext } from '../run-context.ts'
import { fixed } from './fortran.ts'

/** One band of the placeholder: states in a Gaussian about a centre, for one spin. */
interface Band {
  readonly orbital: 0 | 1 | 2
  readonly centreEv: number
  readonly states: number
  readonly spin: 1 | -1
}

const widthEv = 0.8
const energiesEv = Array.from({ length: 141 }, (_, n) => -8 + n * 0.1)

/**
 * `<dos>` with levels that were chosen, not computed: oxygen p at −3 eV, filled d states at −2 and empty ones above 2 eV, holes of
 * oxygen at 0.8 eV, the Fermi level at 0. It shows that a density of states is read, added up and drawn.
 */
export function placeholderDos(run: RunContext): string {
  const bySpin = run.inputs.settings.ISPIN === 2 ? ([1, -1] as const) : ([1] as const)
  const bands = run.ions.map((ion, i) => bandsOf(ion, run.momentsMuB[i] ?? 0))
  const total = bySpin.map((spin) => energiesEv.map((energy) => bands.reduce((sum, own) => sum + at(own, spin, energy), 0)))
  return [
    '  <dos>',
    '   <i name="efermi">      0.00000000 </i>',
    '   <total>',
    ...array(['energy', 'total', 'integrated'], total.map((values, n) => spinSet(n + 1, values.map((value) => [value, 0])))),
    '   </total>',
    '   <partial>',
    ...array(['energy', 's', 'p', 'd'], bands.map((own, i) => ionSet(i + 1, own, bySpin))),
    '   </partial>',
    '  </dos>',
  ].join('\n')
}

function bandsOf(ion: Ion, momentMuB: number): readonly Band[] {
  const up = momentMuB < 0 ? -1 : 1
  const both = (orbital: Band['orbital'], centreEv: number, states: number): Band[] =>
    [1, -1].map((spin) => ({ orbital, centreEv, states: states / 2, spin: spin as 1 | -1 }))
  if (ion.isOxygen) return [...both(1, -3, 6 - ion.holes), { orbital: 1, centreEv: 0.8, states: ion.holes, spin: -up as 1 | -1 }]
  const filled = Math.round(ion.state?.momentMuB ?? 0)
  if (filled === 0) return both(0, 5, 2)
  return [
    { orbital: 2, centreEv: -2, states: filled, spin: up },
    { orbital: 2, centreEv: 2, states: 5 - filled, spin: up },
    { orbital: 2, centreEv: 3.5, states: 5, spin: -up as 1 | -1 },
  ]
}

function at(bands: readonly Band[], spin: 1 | -1, energyEv: number, orbital?: number): number {
  return bands.reduce((sum, band) => {
    if (band.spin !== spin || (orbital !== undefined && band.orbital !== orbital)) return sum
    const x = (energyEv - band.centreEv) / widthEv
    return sum + (band.states * Math.exp(-x * x)) / (widthEv * Math.sqrt(Math.PI))
  }, 0)
}

function ionSet(number: number, bands: readonly Band[], spins: readonly (1 | -1)[]): string {
  const sets = spins.map((spin, n) => spinSet(n + 1, energiesEv.map((energy) => [0, 1, 2].map((orbital) => at(bands, spin, energy, orbital)))))
  return [`      <set comment="ion ${number}">`, ...sets, '      </set>'].join('\n')
}

function spinSet(number: number, rows: readonly (readonly number[])[]): string {
  const lines = rows.map((row, n) => `        <r>${[energiesEv[n]!, ...row].map((value) => fixed(value, 10, 4)).join('')} </r>`)
  return [`       <set comment="spin ${number}">`, ...lines, '       </set>'].join('\n')
}

function array(fields: readonly string[], sets: readonly string[]): readonly string[] {
  return [
    '    <array>',
    '     <dimension dim="1">gridpoints</dimension>',
    ...fields.map((field) => `     <field>${field}</field>`),
    '     <set>',
    ...sets,
    '     </set>',
    '    </array>',
  ]
}
