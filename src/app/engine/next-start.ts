import { chooseContinuation, type Continuation } from '../../recovery/continuation.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { Structure } from '../../structure/structure.ts'
import type { AttemptDecision, NextStart } from '../../workflow/attempt-decision.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import type { Leftovers } from '../outputs/left-behind.ts'
import type { RunRead } from '../outputs/read-run.ts'

/** Where the next attempt starts, and from which atoms. */
export interface StartChoice {
  readonly start: NextStart
  readonly structure: Structure
}

/** From the last geometry where that is sound and the correction wants it, else from what the attempt was sent with. */
export function chooseStart(
  sent: VaspInput,
  read: RunRead | undefined,
  left: Leftovers,
  { correction }: AttemptDecision,
  nodes: FailedNodes = { before: [], named: [] },
): StartChoice {
  const wish = wishOf(correction)
  const found = continuation(sent, read, left)
  const isFromContcar = wish.geometry === 'contcar' && found.geometry === 'contcar'
  const plannedSteps = stepsOf(sent)
  const start: NextStart = {
    geometry: isFromContcar ? 'contcar' : 'same',
    readWavecar: wish.wavecar === 'read' && found.readWavecar,
    remainingSteps: isFromContcar ? found.remainingSteps : plannedSteps,
    ...avoiding(wish.avoidsNode ? [...nodes.before, ...blamed(nodes, left)] : nodes.before),
    refused: wish.geometry === 'contcar' ? found.refused : [],
  }
  return { start, structure: isFromContcar ? found.structure : sent.structure }
}

/** Nodes that failed this calculation. */
export interface FailedNodes {
  /** In earlier attempts, oldest first. */
  readonly before: readonly string[]
  /** By name in the messages of this attempt; without any it is one of those that the job ran on. */
  readonly named: readonly string[]
}

// A longer list would keep a job off much of a small cluster for faults that are mended by now.
const mostAvoided = 8

/** Nobody knows which node of a job failed when no message names it, so all go; of a job on very many none, because most are sound. */
function blamed({ named }: FailedNodes, { hosts }: Leftovers): readonly string[] {
  if (named.length > 0) return named
  return hosts.length > mostAvoided ? [] : hosts
}

function avoiding(nodes: readonly string[]): Pick<NextStart, 'avoidNodes'> {
  const known = [...new Set(nodes)].slice(-mostAvoided)
  return known.length === 0 ? {} : { avoidNodes: known }
}

function wishOf(correction: Correction | undefined) {
  const changes = correction?.changes ?? []
  const start = changes.find((change) => change.kind === 'start')
  const removes = changes.some((change) => change.kind === 'remove' && change.file === 'WAVECAR')
  return {
    geometry: start?.geometry ?? 'contcar',
    wavecar: removes ? ('ignore' as const) : (start?.wavecar ?? 'read'),
    avoidsNode: changes.some(({ kind }) => kind === 'avoid-nodes'),
  }
}

function continuation(sent: VaspInput, read: RunRead | undefined, left: Leftovers): Continuation {
  const { contcarText, outcar } = read ?? {}
  return chooseContinuation({
    sent: sent.structure,
    ...(contcarText === undefined ? {} : { contcarText }),
    ...(outcar === undefined ? {} : { outcar }),
    ...(left.isContcarNewer === undefined ? {} : { contcarSecondsAfterStart: left.isContcarNewer ? 0 : -1 }),
    ...(left.wavecarBytes === undefined ? {} : { wavecarBytes: left.wavecarBytes }),
    plannedSteps: stepsOf(sent),
    cellMayChange: Number(sent.incar['ISIF'] ?? 2) > 2,
  })
}

function stepsOf({ incar }: VaspInput): number {
  return typeof incar['NSW'] === 'number' ? incar['NSW'] : 0
}
