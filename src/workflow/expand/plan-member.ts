import { unrelaxed, type VaspInput } from '../steps/step-kind.ts'
import { prepareStep } from '../steps/prepare-step.ts'
import type { PlannedCalculation, StartingPoint } from '../planned-calculation.ts'
import type { Screen } from '../screen/screen-schema.ts'
import type { StepSettings } from '../steps/step-kind.ts'
import type { Member } from './member.ts'
import { referenceSettings } from './reference-members.ts'
import { cellRelaxationEncutEv, screenSteps, type ScreenStep } from './step-settings.ts'

/** The calculations of one member, in the order in which they run: each starts from the one before it. */
export function planMember(screen: Screen, member: Member): readonly PlannedCalculation[] {
  const steps = stepsOf(screen, member)
  return steps.map((step, i) => {
    const before = steps[i - 1]
    const start = before === undefined ? firstStart(screen, member) : followingStart(screen, member, before)
    const settings = settingsOf(screen, member, step)
    const input = prepareStep(step.kind, settings, member.structure, unrelaxed)
    return {
      ...described(screen, member, step, input),
      dependsOn: start.kind === 'structure' ? [] : [start.from],
      notes: [...startNotes(start, step), ...plannedNotes(step, input)],
      start,
      settings,
    }
  })
}

/** A reference needs an energy and nothing else. */
function stepsOf(screen: Screen, { reference }: Member): readonly ScreenStep[] {
  const steps = screenSteps(screen)
  return reference === undefined ? steps : steps.filter(({ kind }) => kind !== 'dos')
}

function settingsOf(screen: Screen, { hasDipole, reference }: Member, step: ScreenStep): StepSettings {
  const settings = step.settings(hasDipole)
  return reference === undefined
    ? settings
    : referenceSettings(reference, step.kind, settings, cellRelaxationEncutEv(screen))
}

function described(screen: Screen, { candidate }: Member, { name, kind, keep }: ScreenStep, input: VaspInput) {
  return {
    id: calculationId(screen, candidate.id, name),
    candidateId: candidate.id,
    step: name,
    kind,
    functional: input.functional,
    kMesh: input.kMesh.mesh,
    electronCount: input.electronCount,
    folder: `${screen.name}/${candidate.id}/${name}`,
    ...(keep === undefined ? {} : { keep }),
  }
}

function followingStart(screen: Screen, { candidate }: Member, before: ScreenStep): StartingPoint {
  return {
    kind: 'relaxed',
    from: calculationId(screen, candidate.id, before.name),
    removedLabels: [],
    rattleAngstrom: 0,
    seed: '',
  }
}

function firstStart(screen: Screen, { origin, structure, variation }: Member): StartingPoint {
  if (origin.kind === 'built') return { kind: 'structure', structure }
  const from = calculationId(screen, origin.parentId, lastRelaxation(screen))
  if (origin.kind === 'in-relaxed-host') return { kind: 'relaxed-host', from, structure, movesWith: origin.movesWith }
  return {
    kind: 'relaxed',
    from,
    removedLabels: origin.removedLabels,
    rattleAngstrom: screen.dopants?.rattleAngstrom ?? 0.03,
    seed: variation.seed,
    momentsMuB: origin.momentsMuB,
  }
}

function lastRelaxation(screen: Screen): string {
  return screenSteps(screen).findLast(({ kind }) => kind === 'relax')?.name ?? 'relax'
}

/** The input knows of nothing before it when it is planned: its first sentence would say so. */
function plannedNotes({ kind }: ScreenStep, { notes }: VaspInput): readonly string[] {
  return kind === 'static' ? notes.slice(1) : notes
}

function startNotes(start: StartingPoint, { kind }: ScreenStep): readonly string[] {
  if (start.kind === 'structure') return []
  if (start.kind === 'relaxed-host') return ['Starts from the relaxed undoped cell, with the dopant put in its place there.']
  const oxygens = Object.values(start.momentsMuB ?? {})
  if (oxygens[0] !== undefined)
    return [
      `${oxygens.length} oxygens that lose a neighbour start at ${oxygens[0]} μB, so that holes can settle there.`,
    ]
  if (kind === 'relax') return []
  return [
    'Starts from the relaxed geometry and electronic state: WAVECAR where it was kept, else the final moments.',
  ]
}

function calculationId(screen: Screen, candidateId: string, step: string): string {
  return `${screen.name}/${candidateId}/${step}`
}
