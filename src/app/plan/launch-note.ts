import { resourcesOfStep } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import { fixedRanks } from '../dispatch/rank-words.ts'

/** What is lost by a number of ranks in the launch line. */
export interface LaunchNote {
  /** A clause. */
  readonly found: string
  readonly remedy: string
  /** Do jobs ask for another number? */
  readonly isWrong: boolean
}

/** Undefined where the launch line takes the ranks that the job asks for. */
export function launchNote({ name, vasp, resources }: Pick<Site, 'name' | 'vasp' | 'resources'>): LaunchNote | undefined {
  const fixed = fixedRanks(vasp)
  if (fixed === undefined) return undefined
  const steps = ['', ...Object.keys(resources?.steps ?? {})]
  const asked = [...new Set(steps.map((step) => resourcesOfStep(resources, step)).map(({ nodes, ranksPerNode }) => nodes * ranksPerNode))]
  const isWrong = fixed.ranks !== undefined && asked.some((ranks) => ranks !== fixed.ranks)
  const because = isWrong
    ? `while its jobs ask for ${asked.join(' and ')}: KPAR and NCORE are chosen for those, and cores stay idle or are shared`
    : 'so that a job which runs out of memory cannot be given fewer ranks or more nodes'
  return {
    found: `the launch line of ${name} starts a fixed number (${fixed.words}), ${because}`,
    remedy: `Write ${fixed.words.replace(/\d+$/, fixed.placeholder)} in vasp.args of ${name}, and the number under resources.`,
    isWrong,
  }
}

/** The same for a plan, one sentence each. */
export function launchWarnings(sites: readonly Site[]): readonly string[] {
  return sites.flatMap((site) => {
    const note = launchNote(site)
    return note === undefined ? [] : [`${note.found.replace(/^t/, 'T')}. ${note.remedy}`]
  })
}
