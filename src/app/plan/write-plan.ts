import { join } from 'node:path'
import type { Templates } from '../../ports/templates.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Plan } from '../../workflow/plan.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { startingStructure } from '../../workflow/starting-structure.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { prepareStep } from '../../workflow/steps/prepare-step.ts'
import { unrelaxed, type VaspInput } from '../../workflow/steps/step-kind.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'

/**
 * Writes the input folders of a plan: everything but POTCAR.
 *
 * A step that follows a relaxation is written with the geometry before it; `run` replaces that by the relaxed one, and a
 * README in the folder says so.
 */
export async function writePlan(plan: Plan, folder: string, templates: Templates): Promise<readonly string[]> {
  const written: string[] = []
  for (const calculation of plan.calculations) {
    const files = await inputFiles(plannedInput(plan, calculation), (name, values) => templates.render(name, values))
    const path = join(folder, calculation.folder)
    for (const file of files) await writeFileWhole(join(path, file.path), file.content)
    await writeFileWhole(join(path, 'README'), readme(calculation))
    written.push(path)
  }
  return written
}

/** The inputs of one calculation as they are before anything has run. */
export function plannedInput(plan: Plan, calculation: PlannedCalculation): VaspInput {
  return prepareStep(stepKindOf(calculation), calculation.settings, unrelaxedStructure(plan, calculation), unrelaxed)
}

/** The atoms that a calculation would have if nothing moved on the way to it. */
function unrelaxedStructure(plan: Plan, { start }: PlannedCalculation): Structure {
  if (start.kind !== 'relaxed') return start.structure
  const before = plan.calculations.find((calculation) => calculation.id === start.from)
  if (before === undefined) throw new Error(`the plan has no ${start.from}`)
  return startingStructure(unrelaxedStructure(plan, before), { ...start, rattleAngstrom: 0 })
}

/** What a person who runs the folder by hand has to do to POSCAR. */
function geometryWords(start: PlannedCalculation['start']): string {
  if (start.kind === 'structure') return 'POSCAR is the starting geometry.'
  if (start.kind === 'relaxed-host')
    return `POSCAR is the geometry BEFORE ${start.from}: move every ion as that run moved the ion at its place.`
  const gone = start.removedLabels.length === 0 ? '' : ` without ${start.removedLabels.join(', ')}`
  return `POSCAR is the geometry BEFORE ${start.from}: replace it by that run's CONTCAR${gone}.`
}

function readme({ id, start, notes }: PlannedCalculation): string {
  const geometry = geometryWords(start)
  const potcar = 'POTCAR is put together at the site from the datasets that POTCAR.spec names.'
  return `${[id, '', geometry, potcar, ...notes].join('\n')}\n`
}
