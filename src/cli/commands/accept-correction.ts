import { changeWords } from '../../app/results/series-marks.ts'
import { acceptCorrection, planSeriesChange, type SeriesChange } from '../../app/screens/accept-correction.ts'
import { openStore } from '../../compose.ts'
import type { CommandDefinition } from '../command.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const acceptCorrectionCommand: CommandDefinition = {
  name: 'accept-correction',
  summary: 'give a correction that changes what energies mean to a whole series',
  arguments: [
    { name: '<screen>', description: 'name of the screen' },
    { name: '<correction>', description: 'its name, as `dopant why` prints it: rhosyg/3' },
  ],
  options: [
    { flags: '--yes', description: 'do it; without, only what it would cost is told' },
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant accept-correction li2mno3-010 rhosyg/3', 'dopant accept-correction li2mno3-010 rhosyg/3 --yes'],
  run: async ([screenName = '', name = ''], options, io) => {
    const { store, close } = await openStore(workspaceOptions(options, io))
    try {
      const change = await planSeriesChange(store, screenName, name)
      const moved = options['yes'] === true ? await acceptCorrection(store, screenName, change) : []
      const { again, other, underWay, ...facts } = change
      const ids = { again: again.map(({ id }) => id), other: other.map(({ id }) => id), underWay: underWay.map(({ id }) => id) }
      if (options['json'] === true) io.stdout.write(`${JSON.stringify({ ...facts, ...ids, accepted: options['yes'] === true, moved })}\n`)
      else io.stdout.write(words(screenName, change, options['yes'] === true))
    } finally {
      await close()
    }
    return 0
  },
}

function words(screenName: string, change: SeriesChange, isAccepted: boolean): string {
  const { correction, name, steps, again, other, underWay, coreHours } = change
  const lines = [
    `${name}: ${changeWords(correction)} for every ${steps.join(' and ')} of ${screenName}.`,
    `Why: ${correction.reason} (${correction.source})`,
    `${again.length} finished calculations run again, which cost ${coreHours.toFixed(1)} core-hours when they ran last.`,
    ...again.map(({ id }) => `  ${id}`),
    ...(underWay.length === 0 ? [] : [`${underWay.length} at work now start again when they have ended; their time is lost too.`]),
    ...underWay.map(({ id }) => `  ${id}`),
    `${other.length} others take it when they start.`,
    isAccepted ? 'Accepted. They start with the next `dopant run` of the screen.' : 'Nothing was changed; repeat it with --yes to accept.',
  ]
  return `${lines.join('\n')}\n`
}
