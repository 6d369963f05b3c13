import type { CalculationDetail } from '../../../calculation-api.ts'
import type { CalculationRow } from '../../../calculation-row.ts'
import { calculationPath } from '../../router.ts'
import { durationWords, hoursWords } from '../../time-words.ts'
import { Link } from '../link.tsx'
import { Fact } from '../site-cards.tsx'
import { SeriesFlags } from './series-flags.tsx'

/** What it is, and what it said. */
export function CalculationFacts({ detail, row }: { detail: CalculationDetail; row: CalculationRow }) {
  const { result } = detail
  return (
    <section class="card padded" aria-label="Facts">
      {result?.method === 'rehearsal' && <p class="tag-line"><span class="tag">rehearsal</span> a stand-in ran, no DFT: no number here is a result.</p>}
      {result !== null && (
        <dl class="facts is-big">
          <Fact name="Energy (σ→0)" value={unit(result.energySigmaToZeroEv, 4, 'eV')} />
          <Fact name="Largest force" value={unit(result.maxForceEvPerAngstrom, 4, 'eV/Å')} />
          <Fact name="Ionic steps" value={result.ionicStepCount} />
          <Fact name="Moment" value={unit(result.totalMomentMuB, 2, 'μB')} />
          <Fact name="Time" value={result.elapsedSeconds === null ? '–' : durationWords(result.elapsedSeconds * 1000)} />
        </dl>
      )}
      <dl class="facts">
        <Fact name="Functional" value={detail.functional} />
        <Fact name="k-mesh" value={detail.kMesh.join(' × ')} />
        <Fact name="Electrons" value={detail.electronCount} />
        <Fact name="Site" value={detail.site} />
        <Fact name="Job" value={row.nativeId ?? 'none yet'} />
        <Fact name="Core-hours" value={coreHours(detail)} />
      </dl>
      <Related words="Waits for" ids={detail.dependsOn} />
      <Related words="Others wait for it" ids={detail.followers} />
      {[...detail.notes, ...(detail.candidate?.warnings ?? []), ...(result?.flags ?? [])].map((note) => (
        <p key={note} class="note">
          {note}
        </p>
      ))}
      <SeriesFlags row={row} />
    </section>
  )
}

function Related({ words, ids }: { words: string; ids: readonly string[] }) {
  if (ids.length === 0) return null
  return (
    <p class="quiet">
      {words}{' '}
      {ids.slice(0, 6).map((id, n) => (
        <span key={id}>
          {n > 0 && ', '}
          <Link to={calculationPath(id)}>{id.split('/').slice(1).join('/')}</Link>
        </span>
      ))}
      {ids.length > 6 && ` and ${ids.length - 6} more`}
    </p>
  )
}

function unit(value: number | null, digits: number, words: string): string {
  return value === null ? '–' : `${value.toFixed(digits).replace('-', '−')} ${words}`
}

function coreHours({ attempts }: CalculationDetail): string {
  const told = attempts.filter(({ coreHours: hours }) => hours !== null)
  return told.length === 0 ? '–' : hoursWords(told.reduce((sum, each) => sum + (each.coreHours ?? 0), 0))
}
