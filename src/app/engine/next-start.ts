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
): StartChoice {
  const wish = wishOf(correction)
  const found = continuation(sent, read, left)
  const isFromContcar = wish.geometry === 'contcar' && found.geometry === 'contcar'
  const plannedSteps = stepsOf(sent)
  const start: NextStart = {
    geometry: isFromContcar ? 'contcar' : 'same',
    readWavecar: wish.wavecar === 'read' && found.readWavecar,
    remainingSteps: isFromContcar ? found.remainingSteps : plannedSteps,
    ...(wish.avoidsNode && left.host !== undefined ? { avoidHost: left.host } : {}),
    refused: wish.geometry === 'contcar' ? found.refused : [],
  }
  return { start, structure: isFromContcar ? found.structure : sent.structure }
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
