import type { FormalStates } from '../../analysis/formal-states.ts'
import { guessOxidationStates } from '../../structure/oxidation-states.ts'
import { composition, type Structure } from '../../structure/structure.ts'
import { DopantUnclearError } from './import-errors.ts'
import type { RunFolders } from './find-runs.ts'
import type { ImportedRun } from './read-imported.ts'

/** One structure with its runs, before it is compared with the others. */
export interface ReadMember extends Pick<RunFolders, 'label' | 'home'> {
  readonly runs: readonly ImportedRun[]
  /** What was run twice, and other things that a person should know. */
  readonly warnings: readonly string[]
}

export interface NamedMember extends ReadMember {
  /** Before the first run; undefined when no file tells. */
  readonly structure: Structure | undefined
  readonly dopant: string | null
}

/** What the user says about the dopant: an element, `none`, or nothing. */
export type AskedDopant = string | undefined

/**
 * Finds the dopant of every member: the rarest cation that the host lacks. The host is what all members share, together with
 * the undoped one that the screen has already.
 *
 * @param known elements of the screen's undoped candidate
 * @throws DopantUnclearError
 */
export function nameDopants(members: readonly ReadMember[], asked: AskedDopant, known?: readonly string[]): readonly NamedMember[] {
  const read = members.map((member) => ({ ...member, structure: member.runs.find(({ written }) => written !== undefined)?.written }))
  const sets = read.flatMap(({ structure }) => (structure === undefined ? [] : [[...composition(structure).keys()]]))
  const host = known ?? sets.reduce((shared, elements) => shared.filter((each) => elements.includes(each)), sets[0] ?? [])
  const named = read.map((member) => ({ ...member, dopant: dopantOf(member, asked, host) }))
  if (asked !== undefined && asked !== 'none' && named.every(({ dopant }) => dopant === null)) {
    throw new DopantUnclearError(named.map(({ label }) => label).join(', '), [], `Give --dopant an element of these runs, not ${asked}.`)
  }
  return named
}

function dopantOf({ label, structure }: Pick<NamedMember, 'label' | 'structure'>, asked: AskedDopant, host: readonly string[]): string | null {
  if (structure === undefined || asked === 'none') return null
  const counts = composition(structure)
  if (asked !== undefined) return counts.has(asked) ? asked : null
  const extra = [...counts.keys()].filter((element) => !host.includes(element))
  if (extra.length > 1) throw new DopantUnclearError(label, extra)
  return extra[0] ?? null
}

/** Formal charges by element from bond valences; a mean where an element has several. Empty where none were found. */
export function formalStatesOf(structure: Structure | undefined): FormalStates {
  const states = structure === undefined ? undefined : guessOxidationStates(structure).states
  if (structure === undefined || states === undefined) return {}
  return Object.fromEntries(
    [...composition(structure)].map(([element, count]) => {
      const own = structure.sites.flatMap((site, n) => (site.element === element ? [states[n] ?? 0] : []))
      return [element, Math.round((own.reduce((sum, state) => sum + state, 0) / count) * 1000) / 1000]
    }),
  )
}
