import { trouble } from '../live/start-live.ts'

/** Before the first answer, or in its place. */
export function Opening() {
  const error = trouble.value
  if (error === undefined) return <p class="quiet opening">Reading the project …</p>
  return (
    <section class="card opening" role="alert">
      <h1 tabIndex={-1}>{error.message}</h1>
      <p>{error.remedy}</p>
    </section>
  )
}

/** The same for a part of a page. */
export function Trouble({ error }: { error: { readonly message: string; readonly remedy?: string } }) {
  return (
    <div class="trouble" role="alert">
      <p>{error.message}</p>
      {error.remedy !== undefined && <p class="quiet">{error.remedy}</p>}
    </div>
  )
}
