import type { Templates } from '../../ports/templates.ts'
import type { Plan } from '../../workflow/plan.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { plannedInput } from '../plan/write-plan.ts'
import { lintFolder, type FolderFindings } from './lint-folder.ts'

/** Lints the inputs that a plan would write, without writing them: what the templates make is what is looked at. */
export async function lintPlan(plan: Plan, templates: Templates): Promise<readonly FolderFindings[]> {
  const found: FolderFindings[] = []
  for (const calculation of plan.calculations) {
    const files = await inputFiles(plannedInput(plan, calculation), (name, values) => templates.render(name, values))
    const texts = new Map(files.map(({ path, content }) => [path, content]))
    found.push(await lintFolder(calculation.folder, async (name) => texts.get(name)))
  }
  return found
}
