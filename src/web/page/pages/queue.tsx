import { JobTable } from '../components/job-table.tsx'
import { SiteCards } from '../components/site-cards.tsx'

/** What every site does for us, and every job. */
export function QueuePage() {
  return (
    <>
      <h1 tabIndex={-1}>Queue</h1>
      <SiteCards />
      <JobTable />
    </>
  )
}
