import { signal } from '@preact/signals'

/** Where the page is: the path and what follows the question mark. */
export const place = signal(current())

addEventListener('popstate', () => (place.value = current()))

export function goTo(path: string): void {
  if (path === place.value.path + place.value.search) return
  history.pushState(null, '', path)
  place.value = current()
  scrollTo(0, 0)
  // A new page is announced by its heading.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }))
}

/** Writes over the current place: for filters, which no back button should have to undo one by one. */
export function setQuery(changes: Readonly<Record<string, string>>): void {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name)
    else query.set(name, value)
  }
  const search = query.size === 0 ? '' : `?${query.toString()}`
  history.replaceState(null, '', `${location.pathname}${search}`)
  place.value = current()
}

export function queryOf(name: string): string {
  return new URLSearchParams(place.value.search).get(name) ?? ''
}

/** `/calculation/<id>`: ids hold slashes, which stay readable. */
export function calculationPath(id: string): string {
  return `/calculation/${id.split('/').map(encodeURIComponent).join('/')}`
}

export function screenPath(name: string): string {
  return `/screen/${encodeURIComponent(name)}`
}

function current(): { readonly path: string; readonly search: string } {
  return { path: location.pathname, search: location.search }
}
