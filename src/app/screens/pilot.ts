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
}

/** What a person decides about. @throws ScreenUnknownError, NoPilotError, PilotUnfinishedError */
export async function pilotReport(store: Store, screenName: string): Promise<PilotReport> {
  if ((await screenNamed(store, screenName)).options?.pilot !== 'waiting') throw new NoPilotError(screenName)
  const candidate = await pilotCandidate(store, screenName)
  const all = await store.calculations({ screenName })
  const pilot = all.filter(({ candidateId }) => candidateId === candidate)
  const open = pilot.filter(({ state }) => state !== 'done')
  if (open.length > 0) throw new PilotUnfinishedError(screenName, open)
  const hours = new Map<string, number>()
  for (const { calculationId, coreHours } of await store.attemptsOfScreen(screenName)) {
    if (coreHours !== null) hours.set(calculationId, (hours.get(calculationId) ?? 0) + coreHours)
  }
  const timings = pilot.filter(({ id }) => hours.has(id)).map(({ id, plan }) => ({ plan, coreHours: hours.get(id) ?? 0 }))
  const held = all.filter(({ candidateId, state }) => candidateId !== candidate && state === 'paused')
  const usedCoreHours = timings.reduce((sum, { coreHours }) => sum + coreHours, 0)
  return { pilot, held, usedCoreHours, estimate: pilotEstimate(timings, held.map(({ plan }) => plan)) }
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
