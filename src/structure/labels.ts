import type { Site } from './structure.ts'

/** `Li-1`, `Li-2`, `Mn-1` …: numbered per element in the order of the sites. */
export function withNumberedLabels<S extends Site>(
  sites: readonly S[],
): readonly (S & { readonly label: string })[] {
  const counts = new Map<string, number>()
  return sites.map((site) => {
    const number = (counts.get(site.element) ?? 0) + 1
    counts.set(site.element, number)
    return { ...site, label: `${site.element}-${number}` }
  })
}

/** The first `B-1`, `B-2` … that no site of the structure bears yet. */
export function freeLabel(element: string, sites: readonly Site[]): string {
  const taken = new Set(sites.map((site) => site.label))
  let number = 1
  while (taken.has(`${element}-${number}`)) number += 1
  return `${element}-${number}`
}
