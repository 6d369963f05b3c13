import { pilotWords } from '../../app/screens/pilot.ts'
import { whyWaiting } from '../../app/screens/why-waiting.ts'
import { notedByHand, notedWords, type NotedByHand } from '../../app/hands/noted-by-hand.ts'
import { openStore, sitesOf } from '../../compose.ts'
import type { JobNotice } from '../../ports/site-watch.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import { alignedText } from '../aligned-text.ts'
import type { CommandDefinition } from '../command.ts'
import { noticeText, trafficText, waitingText } from '../print-waiting.ts'
import { countStates } from '../progress.ts'
import { purgeText, purgeWarningsOf } from '../purge-text.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const statusCommand: CommandDefinition = {
  name: 'status',
  summary: 'show where every calculation is, why it waits, and what the sites were asked',
  arguments: [{ name: '[screen]', description: 'name of a screen; default: all' }],
  options: [
    { flags: '--obsolete', description: 'also those that a newer text of their screen no longer asks for' },
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant status', 'dopant status li2mno3-010 --json'],
  run: async ([screenName], options, io) => {
    const workspace = workspaceOptions(options, io)
    const { store, close } = await openStore(workspace)
    try {
      const withObsolete = options['obsolete'] === true
      const calculations = await store.summaries({ ...(screenName === undefined ? {} : { screenName }), withObsolete })
      const names = [...new Set(calculations.filter(({ state }) => state === 'paused').map((each) => each.screenName))]
      const pilots = (await Promise.all(names.map((name) => pilotWords(store, name)))).flatMap((words) => words ?? [])
      const waiting = await whyWaiting(store, sitesOf(workspace), screenName)
      const notices = await store.jobNotices()
      const byHand = await notedByHand(store, [...new Set(calculations.map(({ site }) => site))])
      const traffic = await store.traffic(new Date(Date.now() - dayMs).toISOString())
      const purge = purgeWarningsOf(workspace, calculations)
      if (options['json'] === true) io.stdout.write(`${JSON.stringify({ calculations, waiting, pilots, notices, byHand, traffic, purge })}\n`)
      else io.stdout.write(`${forPeople(calculations, notices, byHand)}${waitingText([...waiting, ...pilots.map((text) => ({ text }))])}${purgeText(purge)}${trafficText(traffic)}`)
    } finally {
      await close()
    }
    return 0
  },
}

const dayMs = 86_400_000

function forPeople(calculations: readonly CalculationSummary[], notices: readonly JobNotice[], byHand: readonly NotedByHand[]): string {
  if (calculations.length === 0) return 'Nothing was submitted here yet; `dopant run SCREEN` does it.\n'
  const told = new Map([
    ...notices.map((notice) => [notice.calculationId, noticeText(notice)] as const),
    ...byHand.map((noted) => [noted.calculationId, notedWords(noted)] as const),
  ])
  const rows = calculations.map((each) => [
    each.id,
    each.obsoleteSince === null ? each.state : `${each.state}, obsolete`,
    each.site,
    each.reusedFrom === null ? (each.attempt === 0 ? '' : `attempt ${each.attempt}`) : `reused from ${each.reusedFrom}`,
    each.failure?.message ?? told.get(each.id) ?? '',
  ])
  return `${alignedText(['calculation', 'state', 'site', '', ''], rows)}\n${countStates(calculations)}\n`
}
