export function SitesPage() {
  return <h1 tabIndex={-1}>Sites</h1>
}
