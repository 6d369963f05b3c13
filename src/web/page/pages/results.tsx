export function ResultsPage({ screenName }: { screenName: string | undefined }) {
  return <h1 tabIndex={-1}>Results {screenName}</h1>
}
