import { resolve } from 'node:path'
import { siteEntries, siteOf } from '../../app/engine/engine-parts.ts'
import { startEngine } from '../../app/engine/start-engine.ts'
import { planScreen, type PlannedScreen } from '../../app/plan/plan-screen.ts'
import { bringScreen } from '../../app/screens/bring-screen.ts'
import { waitForSubmission } from '../../app/screens/wait-for-submission.ts'
import { whyWaiting } from '../../app/screens/why-waiting.ts'
import { loadSymmetryEngine, openWorkspace, runningOwner, type RunningOwner, type Workspace } from '../../compose.ts'
import { budgetOption } from '../budget-option.ts'
import type { CommandDefinition, CommandIo, CommandOptions, ExitCode } from '../command.ts'
import { growScreen, growthOptions, handedOver } from '../grow-screen.ts'
import { numberOption, textOption } from '../option-values.ts'
import { countStates } from '../progress.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const submitCommand: CommandDefinition = {
  name: 'submit',
  summary: 'plan a screen, submit what fits, and leave without waiting for results',
  arguments: [{ name: '<screen>', description: 'screen file (YAML)' }],
  options: [
    { flags: '--site <name>', description: 'instead of the site that the screen names' },
    { flags: '--timeout <seconds>', description: 'leave after so long, also when the site has not taken all that fits', default: '600' },
    budgetOption,
    ...growthOptions,
    projectOption,
  ],
  examples: ['dopant submit screen.yaml --site cluster', 'dopant submit screen.yaml --budget 50000'],
  run: async ([file = ''], options, io) => {
    loadSymmetryEngine()
    const timeoutSeconds = numberOption('--timeout', options['timeout'])
    const screenFile = resolve(io.cwd, file)
    const planned = await planScreen(screenFile, textOption(options['site']))
    const workspaceFor = workspaceOptions(options, io, screenFile)
    const owner = await runningOwner(workspaceFor)
    if (owner !== undefined) return submitBeside(owner, planned, options, io)
    const workspace = await openWorkspace(workspaceFor)
    const { parts } = workspace
    try {
      siteOf(parts, planned.plan.site)
      const { added } = await growScreen(parts.store, planned, options, io, (wish) => bringScreen(parts, wish))
      io.stderr.write(`${planned.plan.title}: ${added.length} new calculations\n`)
      const isDone = await submitWhatFits(workspace, planned.plan.screenName, timeoutSeconds, io)
      await tell(workspace, planned.plan.screenName, file, io)
      return isDone ? 0 : 3
    } finally {
      await workspace.close()
    }
  },
}

/** The engine that runs already submits it, now and later: there is nothing to wait for. */
async function submitBeside(owner: RunningOwner, planned: PlannedScreen, options: CommandOptions, io: CommandIo): Promise<ExitCode> {
  const { added } = await growScreen(owner.store, planned, options, io, owner.bring)
  io.stderr.write(`${planned.plan.title}: ${added.length} new calculations\n${handedOver(owner)}\n`)
  io.stdout.write(`${countStates(await owner.store.summaries({ screenName: planned.plan.screenName }))}\n`)
  return 0
}

async function submitWhatFits({ parts }: Workspace, screenName: string, timeoutSeconds: number, io: CommandIo): Promise<boolean> {
  const engine = await startEngine(parts)
  try {
    return await waitForSubmission(parts, screenName, { timeoutSeconds, signal: io.signal })
  } finally {
    await engine.stop()
  }
}

async function tell({ parts }: Workspace, screenName: string, file: string, io: CommandIo): Promise<void> {
  io.stdout.write(`${countStates(await parts.store.summaries({ screenName }))}\n`)
  for (const { text } of await whyWaiting(parts.store, siteEntries(parts), screenName)) io.stderr.write(`${text}\n`)
  io.stderr.write(`Jobs go on without dopant. \`dopant run ${file}\` or \`dopant serve\` watches them and submits the rest.\n`)
}
