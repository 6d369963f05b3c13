import type { PlannedScreen } from '../app/plan/plan-screen.ts'
import type { BroughtScreen, ScreenWish } from '../app/screens/bring-screen.ts'
import { unlikeSites } from '../app/plan/site-versions.ts'
import { foreseePlan } from '../app/screens/save-plan.ts'
import { sitesOf } from '../compose.ts'
import type { Store } from '../ports/store.ts'
import type { PlanDifference } from '../workflow/plan-difference.ts'
import { budgetOf } from './budget-option.ts'
import type { CommandIo, CommandOption, CommandOptions } from './command.ts'
import { confirm, yesOption } from './confirm.ts'
import { growthWords, isGrowth } from './growth-words.ts'
import { workspaceOptions } from './workspace-options.ts'

/** Of every command that brings a screen into the store. */
export const growthOptions: readonly CommandOption[] = [
  { flags: '--replace', description: 'stop running jobs that a changed screen no longer asks for' },
  { flags: '--pilot', description: 'run the pristine member first and hold the rest until `dopant accept`' },
  { flags: '--no-cache', description: 'run everything, even what asks VASP for the same as something that is done' },
  { ...yesOption, description: 'do not ask before results that cost core-hours become obsolete' },
]

/** Less than this is not asked about: a rehearsal costs seconds. */
const coreHoursWorthAsking = 0.1

/** Writes the screen: this process, or the engine that owns the project. */
export type Bring = (wish: ScreenWish) => Promise<BroughtScreen>

/** Says what a changed screen adds, keeps and makes obsolete, asks where core-hours would be lost, and has it written. */
export async function growScreen(
  store: Store,
  planned: PlannedScreen,
  options: CommandOptions,
  io: CommandIo,
  bring: Bring,
): Promise<BroughtScreen> {
  const { screenName } = planned.plan
  const unlike = unlikeSites(planned.plan, sitesOf(workspaceOptions(options, io, planned.source.file)))
  if (unlike !== undefined) io.stderr.write(`${unlike}\n`)
  const difference = await foreseePlan(store, planned.plan)
  if (isGrowth(difference)) io.stderr.write(growthWords(screenName, difference))
  if (difference.lostCoreHours >= coreHoursWorthAsking && options['yes'] !== true) await confirmLoss(difference, io)
  const brought = await bring({
    ...planned,
    budgetCoreHours: budgetOf(options),
    replacesRunning: options['replace'] === true,
    useCache: options['cache'] !== false,
    startsWithPilot: options['pilot'] === true,
  })
  if (brought.held !== undefined) {
    io.stderr.write(`${brought.held} calculations are held until the pilot is accepted: \`dopant accept ${screenName}\`\n`)
  }
  return brought
}

export function handedOver({ pid }: { readonly pid: number }): string {
  return `Process ${pid} works on this project already: it has the screen now, and submits what fits.`
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
