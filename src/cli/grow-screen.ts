import { cancel } from '../app/engine/cancel.ts'
import { siteOf, type EngineParts } from '../app/engine/engine-parts.ts'
import type { PlannedScreen } from '../app/plan/plan-screen.ts'
import { foreseePlan, savePlan, type SavedPlan } from '../app/screens/save-plan.ts'
import { holdForPilot } from '../app/screens/pilot.ts'
import type { PlanDifference } from '../workflow/plan-difference.ts'
import { budgetOf } from './budget-option.ts'
import type { CommandIo, CommandOption, CommandOptions } from './command.ts'
import { confirm, yesOption } from './confirm.ts'
import { growthWords, isGrowth } from './growth-words.ts'

/** Of every command that brings a screen into the store. */
export const growthOptions: readonly CommandOption[] = [
  { flags: '--replace', description: 'stop running jobs that a changed screen no longer asks for' },
  { flags: '--pilot', description: 'run the pristine member first and hold the rest until `dopant accept`' },
  { flags: '--no-cache', description: 'run everything, even what asks VASP for the same as something that is done' },
  { ...yesOption, description: 'do not ask before results that cost core-hours become obsolete' },
]

/** Less than this is not asked about: a rehearsal costs seconds. */
const coreHoursWorthAsking = 0.1

/** Says what a changed screen adds, keeps and makes obsolete, asks where core-hours would be lost, and writes it. */
export async function growScreen(
  parts: EngineParts,
  { plan, source }: PlannedScreen,
  options: CommandOptions,
  io: CommandIo,
): Promise<SavedPlan> {
  const { store, clock } = parts
  for (const site of plan.sites ?? []) siteOf(parts, site)
  const difference = await foreseePlan(store, plan)
  if (isGrowth(difference)) io.stderr.write(growthWords(plan.screenName, difference))
  if (difference.lostCoreHours >= coreHoursWorthAsking && options['yes'] !== true) await confirmLoss(difference, io)
  const before = (await store.screen(plan.screenName))?.options?.pilot
  const pilot = options['pilot'] === true && before === undefined ? 'waiting' : before
  const saved = await savePlan(store, clock, plan, source, {
    budgetCoreHours: budgetOf(options),
    replacesRunning: options['replace'] === true,
    said: { useCache: options['cache'] !== false, ...(pilot === undefined ? {} : { pilot }) },
  })
  if (saved.toStop.length > 0) await cancel(parts, saved.toStop, 'plan')
  if (pilot === 'waiting') await hold(parts, plan.screenName, io)
  return saved
}

async function hold({ store }: EngineParts, screenName: string, io: CommandIo): Promise<void> {
  const held = await holdForPilot(store, screenName)
  io.stderr.write(`${held} calculations are held until the pilot is accepted: \`dopant accept ${screenName}\`\n`)
}

function confirmLoss({ obsolete, lostCoreHours }: PlanDifference, io: CommandIo): Promise<void> {
  const hours = lostCoreHours.toFixed(1)
  return confirm(
    {
      warning: `${obsolete.length} calculations that cost ${hours} core-hours become obsolete: kept and shown, but not in the tables.`,
      question: 'Go on (yes/no)? ',
      refused: `Nothing was changed: nobody confirmed that results of ${hours} core-hours become obsolete.`,
      remedy: 'Repeat the command with --yes, give the changed screen another name, or undo the change.',
    },
    io,
  )
}
