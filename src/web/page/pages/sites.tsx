import { SiteCheck } from '../components/site-check.tsx'
import { project } from '../live/project.ts'
import { queryOf, setQuery } from '../router.ts'

/** Every site, with a check that proves it end to end. */
export function SitesPage() {
  const sites = project.value?.sites ?? []
  const site = sites.find(({ name }) => name === queryOf('name')) ?? sites[0]
  return (
    <>
      <h1 tabIndex={-1}>Sites</h1>
      <nav class="pills" aria-label="Sites">
        {sites.map(({ name }) => (
          <button key={name} aria-pressed={name === site?.name} onClick={() => setQuery({ name })}>
            {name}
          </button>
        ))}
      </nav>
      {site !== undefined && <SiteCheck key={site.name} site={site} />}
    </>
  )
}
