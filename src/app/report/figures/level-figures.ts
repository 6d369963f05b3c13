import { slabPotential } from '../../../analysis/planar-potential.ts'
import { norm } from '../../../base/vector.ts'
import { wrapCoordinate } from '../../../structure/lattice.ts'
import type { Figure } from '../../../tables/figures/figure.ts'
import { planarPotentialsFigure, type PotentialCurve } from '../../../tables/figures/planar-potentials.ts'
import { stateDensitiesFigure, type StatesPanel } from '../../../tables/figures/state-densities.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'

const panelsPerFigure = 5
const mostCurves = 5

/** Densities of states, at most five candidates a figure, and potentials across the slabs. */
export function levelFigures(candidates: readonly CandidateResult[]): readonly Figure[] {
  const own = candidates.filter(({ startOf, series }) => startOf === undefined && series !== 'convergence' && series !== 'reference')
  return [...densityFigures(own), ...potentialFigure(own)]
}

function densityFigures(candidates: readonly CandidateResult[]): readonly Figure[] {
  const panels = candidates.flatMap((candidate) => panelOf(candidate) ?? [])
  const figures = Array.from({ length: Math.ceil(panels.length / panelsPerFigure) }, (_, n) => panels.slice(n * panelsPerFigure, (n + 1) * panelsPerFigure))
  return figures.map((shown, n) =>
    stateDensitiesFigure({
      name: n === 0 ? 'state-densities' : `state-densities-${n + 1}`,
      title: 'Densities of states',
      caption:
        'Densities of states about the Fermi level (dashed), spin up above and spin down below the line. Area: total; lines: projections on the spheres of the potentials, which add up to less. ' +
        'Dopants are magnified as their labels say.',
      panels: shown.map(({ panel }) => panel),
      curveNames: curveNames(shown.map(({ panel }) => panel)),
      isRehearsal: shown.some(({ isRehearsal }) => isRehearsal),
    }),
  )
}

/** Dopants come last, so that every other curve has the same colour in each figure. */
function curveNames(panels: readonly StatesPanel[]): readonly string[] {
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))]
  const rank = (name: string): number => (name === 'total' ? 0 : name.startsWith('dopant') ? 3 : name === 'O p' ? 2 : 1)
  return names.toSorted((a, b) => rank(a) - rank(b))
}

/** A dopant is a few atoms of a hundred. */
const magnification = 10

function panelOf(candidate: CandidateResult): { readonly panel: StatesPanel; readonly isRehearsal: boolean } | undefined {
  const dos = (candidate.dos?.electronicStructure ?? candidate.static?.electronicStructure)?.dos
  if (dos === undefined) return undefined
  const wanted = dos.curves.filter(({ name }) => name === 'total' || name === 'O p' || name.endsWith(' d') || name.startsWith(`${candidate.dopant ?? '-'} `))
  const curves = wanted.map(({ name, spins }) =>
    candidate.dopant === null || !name.startsWith(`${candidate.dopant} `)
      ? { name, spins }
      : { name: `dopant ${name.slice(-1)} × ${magnification}`, spins: spins.map((states) => states.map((value) => value * magnification)) },
  )
  return { panel: { words: candidate.candidateId, firstEv: dos.firstEv, stepEv: dos.stepEv, curves }, isRehearsal: candidate.method === 'rehearsal' }
}

function potentialFigure(candidates: readonly CandidateResult[]): readonly Figure[] {
  const slabs = candidates.filter((candidate) => candidate.remainingLithiumPerFormulaUnit === undefined && candidate.vacancy === undefined && curveOf(candidate) !== undefined)
  const shown = slabs.slice(0, mostCurves)
  const [first] = shown
  if (first === undefined) return []
  const left = slabs.length - shown.length
  return [
    planarPotentialsFigure({
      title: 'Electrostatic potential across the slab',
      caption:
        'Potential energy of an electron (LOCPOT), averaged over planes parallel to the surface, from the Fermi level; its height in the vacuum is the work function. Shaded: between the outermost atoms of the first.' +
        (left === 0 ? '' : ` The first ${shown.length} of ${slabs.length} candidates.`),
      curves: shown.flatMap((candidate) => curveOf(candidate) ?? []),
      slabAngstrom: extent(first),
      isRehearsal: shown.some(({ method }) => method === 'rehearsal'),
    }),
  ]
}

/** Only of slabs: undefined without vacuum. */
function curveOf({ candidateId, static: step }: CandidateResult): PotentialCurve | undefined {
  const { planarPotential, electronicStructure, structure } = step ?? {}
  if (planarPotential === undefined || electronicStructure === undefined || structure === undefined) return undefined
  if (slabPotential(planarPotential, structure) === undefined) return undefined
  const { valuesEv } = planarPotential
  const { fermiEv } = electronicStructure
  return { words: candidateId, stepAngstrom: norm(structure.lattice[2]) / valuesEv.length, valuesEv: valuesEv.map((value) => value - fermiEv) }
}

function extent({ static: step }: CandidateResult): readonly [number, number] {
  if (step === undefined) return [0, 0]
  const height = norm(step.structure.lattice[2])
  const heights = step.structure.sites.map(({ fractional }) => wrapCoordinate(fractional[2]) * height)
  return [Math.min(...heights), Math.max(...heights)]
}
