import { useEffect } from 'preact/hooks'
import type { SiteInfo, SiteNow } from '../../api-types.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import { allRows, project } from '../live/project.ts'
import { followSites, sitesNow } from '../live/sites.ts'
import { agoWords, hoursWords, momentWords } from '../time-words.ts'
import { nowMs } from '../use-now.ts'
import { Link } from './link.tsx'

const holding = new Set(['staged', 'submitting', 'submit-unknown', 'queued', 'running', 'suspended', 'cancelling'])

/** A card for each site that has work or had some, and why ready calculations wait. */
export function SiteCards() {
  useEffect(followSites, [])
  const rows = allRows()
  const used = new Set(rows.map(({ site }) => site))
  const sites = (project.value?.sites ?? []).filter(({ name }) => used.has(name))
  return (
    <>
      <div class="site-cards">
        {sites.map((site) => (
          <SiteCard key={site.name} site={site} now={sitesNow.value?.sites.find(({ name }) => name === site.name)} rows={rows.filter((row) => row.site === site.name)} />
        ))}
      </div>
      {sitesNow.value?.waiting.map((words) => (
        <p key={words} class="note">
          {words}
        </p>
      ))}
    </>
  )
}

function SiteCard({ site, now, rows }: { site: SiteInfo; now: SiteNow | undefined; rows: readonly CalculationRow[] }) {
  const count = (state: CalculationRow['state']): number => rows.filter((row) => row.state === state).length
  const held = rows.filter(({ state }) => holding.has(state)).length
  const others = now === undefined || now.otherJobs === 0 ? '' : ` + ${now.otherJobs} others`
  return (
    <section class="card site-card" aria-label={`Site ${site.name}`}>
      <div class="site-head">
        <h2>
          {site.name} {site.method === 'rehearsal' && <span class="tag">rehearsal</span>}
        </h2>
        <Health now={now} />
      </div>
      <p class="quiet">
        {site.scheduler} on {site.host}, asked every {site.pollSeconds} s
      </p>
      <dl class="facts">
        <Fact name="Running" value={count('running')} />
        <Fact name="Pending" value={count('queued')} />
        <Fact name="Ready" value={count('ready')} title="Wait here for a place" />
        <Fact name="Places taken" value={`${held} of ${site.maxJobs}${others}`} title="All jobs of yours that the site counts" />
        <Fact name="Core-hours" value={now === undefined ? '–' : hoursWords(now.coreHours)} title="Of all attempts that have ended" />
      </dl>
      {now?.fullReason != null && <p class="note is-bad">It takes no more jobs: {now.fullReason}</p>}
      {now?.trouble != null && (
        <p class="note is-bad">
          {now.trouble} {now.remedy}
        </p>
      )}
      <p class="quiet">
        <Link to={`/sites?name=${encodeURIComponent(site.name)}`}>Check this site</Link>
        {now !== undefined && now.commands > 0 && ` · 24 h: ${now.connections} connections, ${now.commands} commands, ${(now.bytes / 1e6).toFixed(1)} MB`}
      </p>
    </section>
  )
}

/** By shape and word, not by colour alone. */
function Health({ now }: { now: SiteNow | undefined }) {
  if (now === undefined) return null
  const { answeredMs, trouble } = now
  if (trouble !== null) return <span class="health is-bad">◆ does not answer{answeredMs === null ? '' : ` since ${momentWords(answeredMs)}`}</span>
  if (answeredMs === null) return <span class="health">○ not asked yet</span>
  return <span class="health is-well">● answered {agoWords(answeredMs, nowMs())}</span>
}

export function Fact({ name, value, title }: { name: string; value: string | number; title?: string }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
