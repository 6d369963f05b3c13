import { resolve } from 'node:path'
import { startEngine } from '../../app/engine/start-engine.ts'
import { siteEntries, siteOf } from '../../app/engine/engine-parts.ts'
import { planScreen } from '../../app/plan/plan-screen.ts'
import { waitForScreen } from '../../app/screens/wait-for-screen.ts'
import { isOutOfBudget, whyWaiting } from '../../app/screens/why-waiting.ts'
import { loadSymmetryEngine, openWorkspace, type Workspace } from '../../compose.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { CommandDefinition, CommandIo, ExitCode } from '../command.ts'
import { budgetOption } from '../budget-option.ts'
import { growScreen, growthOptions } from '../grow-screen.ts'
import { textOption } from '../option-values.ts'
import { printResults } from '../print-results.ts'
import { clear, countStates, progressLine } from '../progress.ts'
import { purgeText, purgeWarningsOf } from '../purge-text.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const runCommand: CommandDefinition = {
  name: 'run',
  summary: 'plan, submit, wait with live progress and print the tables',
  arguments: [{ name: '<screen>', description: 'screen file (YAML)' }],
  options: [
    { flags: '--site <name>', description: 'instead of the site that the screen names' },
    { flags: '--table <names...>', description: 'tables to print; default: bonds, charges, and oxygen-pairs where Li was removed' },
    budgetOption,
    ...growthOptions,
    { flags: '--take-over', description: 'the engine on the other machine is certainly gone' },
    projectOption,
  ],
  examples: ['dopant run examples/li2mno3-010/screen.yaml', 'dopant run screen.yaml --site rehearsal'],
  run: async ([file = ''], options, io) => {
    loadSymmetryEngine()
    const screenFile = resolve(io.cwd, file)
    const { plan, source } = await planScreen(screenFile, textOption(options['site']))
    const workspaceFor = workspaceOptions(options, io, screenFile)
    const workspace = await openWorkspace({ ...workspaceFor, takeOver: options['takeOver'] === true })
    try {
      siteOf(workspace.parts, plan.site)
      const { added, alreadyThere } = await growScreen(workspace.parts, { plan, source }, options, io)
      const there = alreadyThere === 0 ? '' : `, ${alreadyThere} were there before`
      io.stderr.write(`${plan.title}: ${plan.candidates.length} slabs, ${added.length} new calculations${there}\n`)
      io.stderr.write(purgeText(purgeWarningsOf(workspaceFor, await workspace.parts.store.summaries({ screenName: plan.screenName }))))
      const settled = await runUntilSettled(workspace, plan, io)
      const tables = (options['table'] as readonly string[] | undefined) ?? []
      const request = { screenName: plan.screenName, tables, format: 'text', savedFormats: ['csv', 'json', 'markdown'] }
      if (!io.signal.aborted) await printResults(workspace.parts.store, request, workspaceFor, io)
      return await closingWords(workspace, settled, plan, file, io)
    } finally {
      await workspace.close()
    }
  },
}

async function runUntilSettled({ parts }: Workspace, plan: Plan, io: CommandIo): Promise<readonly CalculationSummary[]> {
  const engine = await startEngine(parts)
  try {
    const now = () => parts.clock.now().getTime()
    return await waitForScreen(parts.store, parts.clock, plan.screenName, progressLine(io, now(), now), io.signal, () => isOutOfBudget(parts.store, siteEntries(parts), plan.screenName))
  } finally {
    clear(io)
    await engine.stop()
  }
}

async function closingWords(
  { parts }: Workspace,
  settled: readonly CalculationSummary[],
  plan: Plan,
  file: string,
  io: CommandIo,
): Promise<ExitCode> {
  io.stderr.write(`${countStates(settled)}\n`)
  if (io.signal.aborted) {
    io.stderr.write(`Jobs that run go on. Come back with: dopant run ${file}\n`)
    return 1
  }
  const failed = settled.filter((calculation) => calculation.state === 'failed')
  for (const { id, failure } of failed) io.stderr.write(`${id}: ${failure?.message ?? ''}\n  ${failure?.remedy ?? ''}\n`)
  const waiting = await whyWaiting(parts.store, siteEntries(parts), plan.screenName)
  for (const { text } of waiting) io.stderr.write(`${text}\n`)
  return failed.length + waiting.length === 0 ? 0 : 1
}
