import type { PlannedCalculation, StartingPoint } from '../planned-calculation.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { prepareRelax } from '../steps/relax.ts'
import { prepareStatic } from '../steps/static.ts'
import { unrelaxed, type VaspInput } from '../steps/step-kind.ts'
import type { Member } from './member.ts'
import { stepSettings } from './step-settings.ts'

/** The calculations of one member, in the order in which they run. */
export function planMember(screen: Screen, member: Member): readonly PlannedCalculation[] {
  const relaxSettings = stepSettings(screen, 'relax', member.hasDipole)
  const staticSettings = stepSettings(screen, 'static', member.hasDipole)
  const relaxId = calculationId(screen, member.candidate.id, 'relax')
  const start = relaxStart(screen, member)
  const relax = prepareRelax(relaxSettings, member.structure)
  const last = prepareStatic(staticSettings, member.structure, unrelaxed)
  return [
    {
      ...described(screen, member, relax),
      dependsOn: start.kind === 'relaxed' ? [start.from] : [],
      start,
      settings: relaxSettings,
    },
    {
      ...described(screen, member, last),
      dependsOn: [relaxId],
      notes: ['Starts from the relaxed geometry and electronic state: WAVECAR where it was kept, else the final moments.', ...last.notes.slice(1)],
      start: { kind: 'relaxed', from: relaxId, removedLabels: [], rattleAngstrom: 0, seed: '' },
      settings: staticSettings,
    },
  ]
}

function described(screen: Screen, { candidate }: Member, input: VaspInput) {
  return {
    id: calculationId(screen, candidate.id, input.step),
    candidateId: candidate.id,
    step: input.step,
    functional: input.functional,
    kMesh: input.kMesh.mesh,
    electronCount: input.electronCount,
    folder: `${screen.name}/${candidate.id}/${input.step}`,
    notes: input.notes,
  }
}

function relaxStart(screen: Screen, { origin, structure }: Member): StartingPoint {
  if (origin.kind === 'built') return { kind: 'structure', structure }
  return {
    kind: 'relaxed',
    from: calculationId(screen, origin.parentId, 'relax'),
    removedLabels: origin.removedLabels,
    rattleAngstrom: screen.dopants?.rattleAngstrom ?? 0.03,
    seed: String(screen.dopants?.seed ?? 1),
  }
}

function calculationId(screen: Screen, candidateId: string, step: string): string {
  return `${screen.name}/${candidateId}/${step}`
}
