import type { AttemptRecord } from '../../ports/attempt.ts'
import type { CalculationSummary, Store } from '../../ports/store.ts'
import type { Correction } from '../../recovery/correction.ts'
import { writeIncarValue } from '../../vasp/input/incar-value.ts'
import { correctionName } from '../dispatch/attempt-plan.ts'

type MarkStore = Pick<Store, 'summaries' | 'attemptsOfScreen'>

/**
 * What the tables must say of members whose energy means something else than that of the rest of their series: flags by
 * candidate. A correction that every finished member of a step has leaves no mark.
 */
export async function seriesMarks(store: MarkStore, screenName: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const marks = new Map<string, string[]>()
  for (const { candidateId, words } of await marksOfSeries(store, screenName)) marks.set(candidateId, [...(marks.get(candidateId) ?? []), ...words])
  return marks
}

/** The same by calculation: other steps of the member may compare. */
export async function calculationMarks(store: MarkStore, screenName: string): Promise<ReadonlyMap<string, readonly string[]>> {
  return new Map((await marksOfSeries(store, screenName)).map(({ id, words }) => [id, words]))
}

interface Marked {
  readonly id: string
  readonly candidateId: string
  readonly words: readonly string[]
}

async function marksOfSeries(store: MarkStore, screenName: string): Promise<readonly Marked[]> {
  const inForce = comparabilityByCalculation(await store.attemptsOfScreen(screenName))
  if (inForce.size === 0) return []
  const done = (await store.summaries({ screenName })).filter(({ state }) => state === 'done')
  return done.flatMap((calculation) => {
    const peers = done.filter(({ step }) => step === calculation.step)
    const words = (inForce.get(calculation.id) ?? []).flatMap((each) => markOf(each, calculation, peers, inForce) ?? [])
    return words.length === 0 ? [] : [{ id: calculation.id, candidateId: calculation.candidateId, words }]
  })
}

type InForce = ReadonlyMap<string, readonly Correction[]>

function comparabilityByCalculation(attempts: readonly AttemptRecord[]): InForce {
  const found = new Map<string, Correction[]>()
  for (const { calculationId, corrections } of attempts) {
    const changing = corrections.filter((correction) => correction.class === 'comparability')
    if (changing.length > 0) found.set(calculationId, [...(found.get(calculationId) ?? []), ...changing])
  }
  return found
}

function markOf(
  correction: Correction,
  { step }: CalculationSummary,
  peers: readonly CalculationSummary[],
  inForce: InForce,
): string | undefined {
  const name = correctionName(correction)
  const having = peers.filter(({ id }) => inForce.get(id)?.some((each) => correctionName(each) === name))
  if (having.length === peers.length) return undefined
  return `${step} with ${lastingWords(correction)} after ${correction.symptom}, as ${having.length} of ${peers.length} in the series: energies do not compare`
}

/** Without where its first attempt started, which is no matter of the energy. */
export function lastingWords(correction: Correction): string {
  return changeWords({ ...correction, changes: correction.changes.filter(({ kind }) => kind !== 'start') })
}

/** `ISYM = 0`, for people. */
export function changeWords({ changes }: Correction): string {
  const words = changes.flatMap((change): readonly string[] => {
    if (change.kind === 'set') return [`${change.tag} = ${writeIncarValue(change.value)}`]
    if (change.kind === 'unset') return [`no ${change.tag}`]
    if (change.kind === 'layout') return [layoutWords[change.change]]
    if (change.kind === 'walltime') return [`${change.factor} times the time limit`]
    if (change.kind === 'avoid-nodes') return ['not on the nodes that failed']
    if (change.kind === 'remove') return [`without ${change.file}`]
    if (change.kind === 'start') return [change.geometry === 'contcar' ? 'from the last sound geometry' : 'from the same geometry']
    return [`STOPCAR with ${change.how}`]
  })
  return words.join(', ')
}

const layoutWords = {
  'kpar-1': 'KPAR = 1',
  'ncore-1': 'NCORE = 1',
  'double-ncore': 'twice the NCORE',
  'halve-ranks-per-node': 'half the ranks a node',
  'double-nodes': 'twice the nodes',
} as const
