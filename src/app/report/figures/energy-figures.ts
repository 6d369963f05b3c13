import type { Figure } from '../../../tables/figures/figure.ts'
import { siteEnergiesFigure, type SiteEnergy } from '../../../tables/figures/site-energies.ts'
import type { ResultTable, TableRow } from '../../../tables/result-table.ts'
import type { CandidateResult } from '../../../workflow/tables/candidate-result.ts'

/** Formation energies by dopant and site, where there are chemical potentials; else energies of sites of one composition. */
export function energyFigures(candidates: readonly CandidateResult[], formation: ResultTable, energies: ResultTable): readonly Figure[] {
  const isRehearsal = candidates.some(({ method }) => method === 'rehearsal')
  const formed = entriesOf(candidates, formation, 'formationPerDefectEv')
  if (formed.length > 0)
    return [
      siteEnergiesFigure({
        title: 'Formation energies by site',
        caption: 'Formation energy of each dopant or vacancy; one mark for each set of chemical potentials, named by the phases that coexist with the host and in the order of the legend. Lower is easier to form.',
        axisTitle: 'formation energy (eV)',
        entries: formed,
        isRehearsal,
      }),
    ]
  const doped = candidates.filter(({ dopant }) => dopant !== null)
  const ranked = entriesOf(doped, energies, 'sitePreferenceEv')
  if (ranked.length === 0) return []
  return [
    siteEnergiesFigure({
      title: 'Energies by site',
      caption: 'Energy of the static step above the lowest candidate of the same composition, per cell. Candidates of another composition cannot be compared without chemical potentials.',
      axisTitle: 'ΔE (eV per cell)',
      entries: ranked,
      isRehearsal,
    }),
  ]
}

function entriesOf(candidates: readonly CandidateResult[], table: ResultTable, key: string): readonly SiteEnergy[] {
  return candidates.flatMap((candidate): SiteEnergy[] => {
    const { candidateId, dopant, series, vacancy, startOf } = candidate
    const rows = startOf === undefined ? table.rows.filter((row) => row['candidate'] === candidateId) : []
    const energies = rows.flatMap((row) => valueOf(row, key))
    if (energies.length === 0) return []
    return [{ element: dopant ?? `V_{${vacancy?.element ?? ''}}`, series: dopant === null ? 'vacancy' : `on ${series}${placeWords(candidate)}`, energies }]
  })
}

/** Two sites of one series are told apart by their depth. */
function placeWords({ site, candidateId }: CandidateResult): string {
  const place = site?.split(', ').at(-1)
  return place === undefined || place === 'surface' || !candidateId.includes(place) ? '' : ` ${place}`
}

function valueOf(row: TableRow, key: string): SiteEnergy['energies'] {
  const energyEv = row[key]
  const limit = row['limit']
  return typeof energyEv === 'number' ? [{ condition: typeof limit === 'string' ? limit : 'same composition', energyEv }] : []
}
