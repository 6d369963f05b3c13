import { resourcesOfStep, type Resources } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import type { Scheduler } from '../../ports/scheduler.ts'
import type { Change, Correction } from '../../recovery/correction.ts'
import type { Diagnosis } from '../../recovery/diagnose.ts'
import { canShareOtherwise } from '../../workflow/steps/share-work.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { longerWalltime } from '../dispatch/corrected-resources.ts'
import { fixedRanks } from '../dispatch/rank-words.ts'

/** Tells of each correction whether this site can do it to this job. */
export function possibleOn(
  site: Site,
  input: VaspInput,
  inForce: readonly Correction[],
): (correction: Correction) => boolean {
  const resources = resourcesOfStep(site.resources, input.step)
  return ({ changes }) => changes.every((change) => isPossible(change, resources, input, inForce) && !isWithoutEffect(change, site))
}

function isPossible(change: Change, resources: Resources, input: VaspInput, inForce: readonly Correction[]): boolean {
  if (change.kind === 'walltime') return longerWalltime(resources, [...inForce, asCorrection(change)]) > longerWalltime(resources, inForce)
  // Only a running job can be told to stop.
  if (change.kind === 'stop') return false
  if (change.kind !== 'layout') return true
  const hasNodes = change.change !== 'double-nodes' || 2 * resources.nodes <= (resources.maxNodes ?? resources.nodes)
  return hasNodes && canShareOtherwise(input, resources, inForce, change.change)
}

/**
 * The same diagnoses with corrections that claim nothing which the batch system cannot do: without another node a correction
 * keeps what else it changes, and one that rests on it is left out.
 */
export function honestAboutNodes(found: readonly Diagnosis[], { avoidsNodes }: Pick<Scheduler, 'avoidsNodes'>): readonly Diagnosis[] {
  if (avoidsNodes === true) return found
  return found.map((diagnosis) => ({ ...diagnosis, corrections: diagnosis.corrections.flatMap(withoutNodes) }))
}

function withoutNodes(correction: Correction): readonly Correction[] {
  const changes = correction.changes.filter(({ kind }) => kind !== 'avoid-nodes')
  const rests = correction.changes.some((change) => change.kind === 'avoid-nodes' && change.isPoint === true)
  return rests ? [] : [{ ...correction, changes }]
}

/** A launch line with a number of its own would start as many ranks as before, in as much memory. */
function isWithoutEffect(change: Change, { vasp }: Site): boolean {
  const changesRanks = change.kind === 'layout' && ['halve-ranks-per-node', 'double-nodes'].includes(change.change)
  return changesRanks && fixedRanks(vasp) !== undefined
}

function asCorrection(change: Change): Correction {
  return { symptom: '', ladderStep: 0, cap: 1, class: 'numerics', changes: [change], reason: '', source: '' }
}
