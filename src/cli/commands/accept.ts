import { acceptPilot, hoursWords, pilotReport, type PilotReport } from '../../app/screens/pilot.ts'
import { askOwner, openStore } from '../../compose.ts'
import { electronExponent } from '../../workflow/pilot-estimate.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition } from '../command.ts'
import { confirm, yesOption } from '../confirm.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const acceptCommand: CommandDefinition = {
  name: 'accept',
  summary: 'accept the pilot of a screen and let the rest run',
  arguments: [{ name: '<screen>', description: 'name of a screen that was run with --pilot' }],
  options: [{ ...yesOption, description: 'do not ask whether the core-hours are right' }, projectOption],
  examples: ['dopant run screen.yaml --pilot', 'dopant accept li2mno3-010', 'dopant accept li2mno3-010 --yes'],
  run: async ([screenName = ''], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const report = await pilotReport(store, screenName)
      io.stdout.write(forPeople(report))
      if (options['yes'] !== true) await confirm(confirmationOf(screenName, report), io)
      await acceptPilot(store, screenName, report)
    } finally {
      await close()
    }
    const isRunning = (await askOwner(workspace, 'reconcile', {})) !== undefined
    if (!isRunning) io.stderr.write('The rest starts with the next `dopant run` of the screen, or `dopant serve`.\n')
    return 0
  },
}

function forPeople({ held, usedCoreHours, estimate, leftCoreHours }: PilotReport): string {
  const rows = estimate.steps.map(({ step, count, coreHours }) => [step, String(count), hoursWords(coreHours)])
  const total = ['all', String(held.length), hoursWords(estimate.coreHours)]
  const isTooMuch = leftCoreHours !== null && leftCoreHours < estimate.coreHours
  const budget = isTooMuch ? `The budget of the screen leaves ${hoursWords(Math.max(0, leftCoreHours))} core-hours: the rest will wait for more (\`--budget\`).\n` : ''
  const unknown = estimate.unknownSteps.length === 0 ? '' : `The pilot has no ${estimate.unknownSteps.join(', ')}: their cost is not known and not in the sum.\n`
  return (
    `The pilot took ${hoursWords(usedCoreHours)} core-hours. For the rest:\n` +
    alignedText(['step', 'calculations', 'core-hours'], [...rows, total]) +
    `Scaled with the points of the mesh and electrons^${electronExponent}, for as many steps as the pilot took.\n${unknown}${budget}`
  )
}

function confirmationOf(screenName: string, { held, estimate }: PilotReport) {
  return {
    warning: `${held.length} calculations of ${screenName} start, for about ${hoursWords(estimate.coreHours)} core-hours.`,
    question: 'Accept the pilot (yes/no)? ',
    refused: 'Nothing was started: nobody accepted the pilot.',
    remedy: 'Repeat the command with --yes.',
  }
}
