import { oxygenPairLimitsAngstrom, shortestOxygenDistanceAngstrom } from '../../../analysis/oxygen-pairs.ts'
import { paperBondLength, paperSource } from '../../../analysis/paper-reference-data.ts'
import { bondDistributionFigure } from '../../../tables/figures/bond-distribution.ts'
import { bondsAndChargesFigure } from '../../../tables/figures/bonds-and-charges.ts'
import { convergenceFigure, type RelaxationCourse } from '../../../tables/figures/convergence.ts'
import type { Figure } from '../../../tables/figures/figure.ts'
import { oxygenDistancesFigure } from '../../../tables/figures/oxygen-distances.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'
import { countsText } from '../../../workflow/tables/bond-words.ts'
import { candidateBonds, type CandidateBonds } from './candidate-bonds.ts'

/** What the figures of a screen are drawn from. */
export interface FigureSources {
  readonly candidates: readonly CandidateResult[]
  /** Energies and forces of each relaxation, as far as the files could be read. */
  readonly courses: readonly RelaxationCourse[]
  readonly forceLimitEvPerAngstrom?: number
}

/** Every figure that the finished candidates allow. */
export function screenFigures(sources: FigureSources): readonly Figure[] {
  const isRehearsal = sources.candidates.some((candidate) => candidate.method === 'rehearsal')
  const bonds = sources.candidates.filter((each) => each.remainingLithiumPerFormulaUnit === undefined && each.vacancy === undefined && each.series !== 'reference').flatMap((each) => candidateBonds(each) ?? [])
  return [
    ...(bonds.length === 0 ? [] : bondFigures(bonds, isRehearsal)),
    ...oxygenFigure(sources, isRehearsal),
    ...(sources.courses.length === 0 ? [] : [courseFigure(sources, isRehearsal)]),
  ]
}

function bondFigures(bonds: readonly CandidateBonds[], isRehearsal: boolean): readonly Figure[] {
  const shared = { referenceWords: 'published mean', isRehearsal }
  const bars = 'Bars: mean bond length; whiskers: shortest and longest bond; in them: mean and coordination number. Means of different coordination cannot be compared.'
  const charge = 'Net charge is ZVAL minus the Bader population, positive for a cation.'
  const published = isRehearsal ? '' : ` Dashed: ${paperSource}, for comparison.`
  return [
    bondsAndChargesFigure({
      ...shared,
      name: 'bonds-and-oxygen-charges',
      title: 'Bond lengths of the dopants and charge of the oxygens around them',
      caption: `${bars} Points: mean net charge of the oxygens bonded to the ion. ${charge}${published}`,
      chargeTitle: 'charge of O (e)',
      entries: bonds.map((each) => bar(each, each.oxygenChargeE)),
    }),
    bondsAndChargesFigure({
      ...shared,
      name: 'bonds-and-dopant-charges',
      title: 'Bond lengths and charges of the dopants',
      caption: `${bars} Points: mean net charge of the ion itself. ${charge}${published}`,
      chargeTitle: 'charge of ion (e)',
      entries: bonds.map((each) => bar(each, each.centreChargeE)),
    }),
    bondDistributionFigure({
      title: 'All bond lengths of the dopants',
      caption: 'One point a bond of a dopant, or of Mn in the undoped slab; lines: means. Relaxed structures.',
      entries: bonds.map((each) => ({ element: each.element, series: seriesWords(each.candidate), lengthsAngstrom: each.lengthsAngstrom })),
      isRehearsal,
    }),
  ]
}

function bar({ candidate, element, bonding, lengthsAngstrom }: CandidateBonds, chargeE: number | null) {
  const reference = paperBondLength(element)
  return {
    element,
    series: seriesWords(candidate),
    meanAngstrom: lengthsAngstrom.reduce((sum, length) => sum + length, 0) / lengthsAngstrom.length,
    minAngstrom: Math.min(...lengthsAngstrom),
    maxAngstrom: Math.max(...lengthsAngstrom),
    coordination: countsText(bonding.map((one) => one.coordinationNumber)),
    chargeE,
    ...(reference === undefined ? {} : { referenceAngstrom: reference.meanAngstrom }),
  }
}

export function seriesWords({ dopant, series }: Pick<CandidateResult, 'dopant' | 'series'>): string {
  return dopant === null ? 'undoped' : `on ${series}`
}

function oxygenFigure({ candidates: all }: FigureSources, isRehearsal: boolean): readonly Figure[] {
  const candidates = all.filter(({ series, vacancy }) => series !== 'reference' && vacancy === undefined)
  const delithiated = candidates.filter((each) => each.remainingLithiumPerFormulaUnit !== undefined)
  const points = candidates.flatMap((each) => {
    const structure = (each.static ?? each.relaxed)?.structure
    const x = lithiumPerFormulaUnit(each, delithiated)
    const distanceAngstrom = structure === undefined ? null : shortestOxygenDistanceAngstrom(structure)
    return x === undefined || distanceAngstrom === null ? [] : [{ x, distanceAngstrom, line: lineWords(each) }]
  })
  if (points.length === 0) return []
  return [
    oxygenDistancesFigure({
      title: 'Shortest O–O distance against the lithium content',
      caption:
        'Shortest distance between two oxygens of the cell. Dashed: upper limits of the classes by distance; a name is no proof of the species.' +
        (isRehearsal ? ' The stand-in forms pairs only where they are put in beforehand.' : ''),
      xTitle: 'Li per formula unit, x',
      points,
      classes: oxygenPairLimitsAngstrom.map(([name, limit]) => [name.replace('O2', 'O_2'), limit]),
      isRehearsal,
    }),
  ]
}

/** Of a candidate that has delithiated relatives: what theirs say about the number of formula units holds for it too. */
function lithiumPerFormulaUnit(candidate: CandidateResult, delithiated: readonly CandidateResult[]): number | undefined {
  if (candidate.remainingLithiumPerFormulaUnit !== undefined) return candidate.remainingLithiumPerFormulaUnit
  const relative = delithiated.find((each) => lineWords(each) === lineWords(candidate))
  const [left, count, own] = [relative?.remainingLithiumPerFormulaUnit, lithiumCount(relative), lithiumCount(candidate)]
  return left === undefined || left === 0 || count === undefined || own === undefined ? undefined : (own * left) / count
}

function lithiumCount(candidate: CandidateResult | undefined): number | undefined {
  const structure = (candidate?.static ?? candidate?.relaxed)?.structure
  return structure?.sites.filter(({ element }) => element === 'Li').length
}

function lineWords(candidate: CandidateResult): string {
  return candidate.dopant === null ? 'undoped' : `${candidate.dopant} on ${candidate.series}`
}

function courseFigure({ courses, forceLimitEvPerAngstrom }: FigureSources, isRehearsal: boolean): Figure {
  return convergenceFigure({
    title: 'Convergence of the relaxations',
    caption:
      'Energy (σ→0) above the last ionic step, and the largest force on an ion (faint; bold: the lowest so far), of every relaxation.' +
      (courses.some(({ attemptStarts = [] }) => attemptStarts.length > 0) ? ' Rings: where another attempt starts.' : ''),
    courses,
    ...(forceLimitEvPerAngstrom === undefined ? {} : { forceLimitEvPerAngstrom }),
    isRehearsal,
  })
}
