import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { CalculationSummary, Store } from '../../ports/store.ts'

export class TargetUnknownError extends KnownError {
  readonly code = 'TARGET_UNKNOWN'
  readonly remedy: string
  constructor(target: string, known: readonly string[]) {
    super(`There is no calculation, candidate, screen or site that ${target} names.`)
    const guess = didYouMean(target, known)
    this.remedy =
      guess === undefined
        ? 'Name a calculation (screen/candidate/step), a candidate (screen/candidate), a screen, or a site as site:NAME; `dopant status` lists them.'
        : `Did you mean ${guess}?`
  }
}

/** How a target is written, for the help of every command that takes one. */
export const targetWords = 'calculation (screen/candidate/step), candidate (screen/candidate), screen, or site:NAME'

type Summaries = Pick<Store, 'summaries'>

/**
 * The calculations that a person means, in the order in which they were added; obsolete ones only by their own id.
 *
 * @throws TargetUnknownError with the closest name
 */
export async function findTarget(store: Summaries, target: string): Promise<readonly CalculationSummary[]> {
  const all = await store.summaries({ withObsolete: true })
  const exact = all.filter(({ id }) => id === target)
  if (exact.length > 0) return exact
  const current = all.filter(({ obsoleteSince }) => obsoleteSince === null)
  const found = current.filter((each) => namesOf(each).includes(target))
  if (found.length > 0) return found
  throw new TargetUnknownError(target, [...new Set(all.flatMap((each) => [each.id, ...namesOf(each)]))])
}

/** All of several targets, each calculation once. @throws TargetUnknownError */
export async function findTargets(store: Summaries, targets: readonly string[]): Promise<readonly CalculationSummary[]> {
  const found = await Promise.all(targets.map((target) => findTarget(store, target)))
  return [...new Map(found.flat().map((each) => [each.id, each])).values()]
}

function namesOf({ screenName, candidateId, site }: CalculationSummary): readonly string[] {
  return [screenName, `${screenName}/${candidateId}`, `site:${site}`]
}
