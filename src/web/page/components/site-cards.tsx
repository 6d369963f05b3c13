import type { SiteInfo } from '../../api-types.ts'
import type { CalculationRow } from '../../calculation-row.ts'
import { allRows, project } from '../live/project.ts'
import { Link } from './link.tsx'

const holding = new Set(['staged', 'submitting', 'submit-unknown', 'queued', 'running', 'suspended', 'cancelling'])

/** A card for each site that has work or ever had. */
export function SiteCards() {
  const rows = allRows()
  const used = new Set(rows.map(({ site }) => site))
  const sites = (project.value?.sites ?? []).filter(({ name }) => used.has(name))
  return (
    <div class="site-cards">
      {sites.map((site) => (
        <SiteCard key={site.name} site={site} rows={rows.filter((row) => row.site === site.name)} />
      ))}
    </div>
  )
}

function SiteCard({ site, rows }: { site: SiteInfo; rows: readonly CalculationRow[] }) {
  const count = (state: CalculationRow['state']): number => rows.filter((row) => row.state === state).length
  const held = rows.filter(({ state }) => holding.has(state)).length
  return (
    <section class="card site-card" aria-label={`Site ${site.name}`}>
      <h2>
        {site.name} {site.method === 'rehearsal' && <span class="tag">rehearsal</span>}
      </h2>
      <p class="quiet">
        {site.scheduler} on {site.host}
      </p>
      <dl class="facts">
        <Fact name="Running" value={count('running')} />
        <Fact name="Pending" value={count('queued')} />
        <Fact name="Ready here" value={count('ready')} />
        <Fact name="Places" value={`${held} of ${site.maxJobs}`} />
      </dl>
      <Link to={`/sites?name=${encodeURIComponent(site.name)}`}>Check this site</Link>
    </section>
  )
}

export function Fact({ name, value, title }: { name: string; value: string | number; title?: string }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
