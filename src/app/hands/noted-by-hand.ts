import type { Store } from '../../ports/store.ts'

/** A calculation that has ended and whose folder a person changed since; found by the last look at its site. */
export interface NotedByHand {
  readonly calculationId: string
  readonly attempt: number
  /** Files that are not what they were. */
  readonly names: readonly string[]
}

type Marks = Pick<Store, 'mark' | 'saveMark'>

function markOf(site: string): string {
  return `by-hand/${site}`
}

export async function notedByHand(store: Pick<Store, 'mark'>, sites: readonly string[]): Promise<readonly NotedByHand[]> {
  const marks = await Promise.all(sites.map((site) => store.mark(markOf(site))))
  return marks.flatMap((mark) => (mark === undefined ? [] : (JSON.parse(mark) as readonly NotedByHand[])))
}

export function saveNotedByHand(store: Marks, site: string, noted: readonly NotedByHand[]): Promise<void> {
  return store.saveMark(markOf(site), JSON.stringify(noted))
}

/** A person has decided about it. */
export async function forgetNoted(store: Marks, site: string, id: string): Promise<void> {
  const noted = await notedByHand(store, [site])
  const rest = noted.filter(({ calculationId }) => calculationId !== id)
  if (rest.length < noted.length) await saveNotedByHand(store, site, rest)
}

export function notedWords({ calculationId: id, names }: NotedByHand): string {
  return `${names.join(', ')} changed by hand: dopant adopt ${id}`
}
