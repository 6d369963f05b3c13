import { KnownError } from '../../base/known-error.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { isStaleRevision } from '../../ports/store-errors.ts'
import { pilotEstimate, type PilotEstimate } from '../../workflow/pilot-estimate.ts'
import { screenNamed } from '../results/screen-results.ts'

export class NoPilotError extends KnownError {
  readonly code = 'NO_PILOT'
  readonly remedy = 'Run the screen with --pilot first; without it nothing is held.'
  constructor(screenName: string) {
    super(`The screen ${screenName} has no pilot that waits for a person.`)
  }
}

export class PilotUnfinishedError extends KnownError {
  readonly code = 'PILOT_UNFINISHED'
  readonly remedy: string
  constructor(screenName: string, open: readonly Pick<CalculationRecord, 'id' | 'state'>[]) {
    super(`The pilot of ${screenName} is not done: ${open.map(({ id, state }) => `${id} is ${state}`).join(', ')}.`)
    this.remedy = `Let \`dopant run\` or \`dopant serve\` finish it; \`dopant resume ${screenName}\` lets everything go without it.`
  }
}

const actor = 'pilot'

/** Holds everything of a screen but its pristine member until a person has accepted it; returns how many are held. */
export async function holdForPilot(store: Store, screenName: string): Promise<number> {
  const pilot = await pilotCandidate(store, screenName)
  const rest = await store.summaries({ screenName, states: ['planned', 'ready', 'blocked'] })
  const why = { actor, reason: `held until ${screenName}/${pilot} is accepted` }
  for (const calculation of rest.filter(({ candidateId }) => candidateId !== pilot)) {
    await store.transition(calculation, 'paused', why).catch((error: unknown) => {
      if (!isStaleRevision(error)) throw error
    })
  }
  return (await heldByPilot(store, screenName, pilot)).length
}

export interface PilotReport {
  readonly pilot: readonly CalculationRecord[]
  readonly held: readonly CalculationRecord[]
  readonly usedCoreHours: number
  readonly estimate: PilotEstimate
  /** What the screen's budget leaves for the rest; null without one. */
  readonly leftCoreHours: number | null
}

/** What a person decides about. @throws ScreenUnknownError, NoPilotError, PilotUnfinishedError */
export async function pilotReport(store: Store, screenName: string): Promise<PilotReport> {
  const { options, budgetCoreHours = null } = await screenNamed(store, screenName)
  if (options?.pilot !== 'waiting') throw new NoPilotError(screenName)
  const candidate = await pilotCandidate(store, screenName)
  const all = await store.calculations({ screenName })
  const pilot = all.filter(({ candidateId }) => candidateId === candidate)
  const open = pilot.filter(({ state }) => state !== 'done')
  if (open.length > 0) throw new PilotUnfinishedError(screenName, open)
  const timed = await Promise.all(pilot.map(async (each) => ({ ...each, coreHours: await costOf(store, each) })))
  const timings = timed.flatMap(({ plan, coreHours }) => (coreHours === null ? [] : [{ plan, coreHours }]))
  const held = all.filter(({ candidateId, state }) => candidateId !== candidate && state === 'paused')
  const usedCoreHours = timed.filter(({ reusedFrom }) => reusedFrom === null).reduce((sum, { coreHours }) => sum + (coreHours ?? 0), 0)
  const leftCoreHours = budgetCoreHours === null ? null : budgetCoreHours - (await store.coreHoursOfScreen(screenName))
  return { pilot, held, usedCoreHours, estimate: pilotEstimate(timings, held.map(({ plan }) => plan)), leftCoreHours }
}

/** Of all attempts; of those of the calculation whose result was taken, where there is one. */
async function costOf(store: Store, { id, reusedFrom }: CalculationRecord): Promise<number | null> {
  const known = (await store.attempts(reusedFrom ?? id)).flatMap(({ coreHours }) => coreHours ?? [])
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0)
}

/** How a screen stands with its pilot, for people; undefined without a pilot that waits. */
export async function pilotWords(store: Store, screenName: string): Promise<string | undefined> {
  try {
    const { held, estimate } = await pilotReport(store, screenName)
    const unknown = estimate.unknownSteps.length === 0 ? '' : ' and what the pilot has no step of'
    return `The pilot of ${screenName} is done; ${held.length} calculations wait for about ${hoursWords(estimate.coreHours)} core-hours${unknown}: \`dopant accept ${screenName}\`.`
  } catch (error) {
    if (error instanceof NoPilotError) return undefined
    if (error instanceof PilotUnfinishedError) return `${screenName}: everything but the pilot is held until that is done and accepted.`
    throw error
  }
}

/** Two digits for small numbers: a rehearsal costs thousandths. */
export function hoursWords(coreHours: number): string {
  return coreHours === 0 ? '0' : coreHours < 10 ? coreHours.toPrecision(2) : coreHours.toFixed(0)
}

/** Lets the rest go. */
export async function acceptPilot(store: Store, screenName: string, { held }: PilotReport): Promise<void> {
  const screen = await screenNamed(store, screenName)
  await store.saveScreenOptions(screenName, { ...screen.options, pilot: 'accepted' })
  for (const calculation of held) {
    await store.transition(calculation, 'planned', { actor: 'person', reason: 'the pilot is accepted' }).catch((error: unknown) => {
      if (!isStaleRevision(error)) throw error
    })
  }
}

/** The first undoped member. */
async function pilotCandidate(store: Store, screenName: string): Promise<string> {
  const { candidates } = await screenNamed(store, screenName)
  return (candidates.find(({ series }) => series === 'pristine') ?? candidates[0])?.id ?? ''
}

async function heldByPilot(store: Store, screenName: string, pilot: string) {
  const paused = await store.summaries({ screenName, states: ['paused'] })
  return paused.filter(({ candidateId }) => candidateId !== pilot)
}
