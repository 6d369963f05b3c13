import { screenNamed } from '../../app/results/screen-results.ts'
import { SiteUnknownError } from '../../app/engine/engine-parts.ts'
import { sitesOf, type WorkspaceOptions } from '../../compose.ts'
import type { CommandDefinition, CommandIo } from '../command.ts'
import { numberOption, OptionValueError, textOption } from '../option-values.ts'
import { drawPlain, plainColumns } from '../watch/draw-screen.ts'
import { openFullScreen, type FullScreen } from '../watch/full-screen.ts'
import { startWatching, type WatchSettings } from '../watch/run-watch.ts'
import { selectRows } from '../watch/select-rows.ts'
import { paintLine } from '../watch/styled-line.ts'
import { watchSource, type WatchedPart, type WatchSource } from '../watch/watch-source.ts'
import { firstView } from '../watch/watch-view.ts'
import { withStore } from '../with-store.ts'
import { projectOption, workspaceOptions } from '../workspace-options.ts'

export const watchCommand: CommandDefinition = {
  name: 'watch',
  summary: 'follow every calculation in the terminal, with keys to find, look closer and act',
  arguments: [{ name: '[screen]', description: 'name of a screen; default: all' }],
  options: [
    { flags: '--site <name>', description: 'only what is on this site' },
    { flags: '--once', description: 'print the table once and end; the same when the output is no terminal' },
    { flags: '--interval <seconds>', description: 'between two looks at the project, from 0.5; the sites are not asked', default: '2' },
    projectOption,
  ],
  examples: ['dopant watch', 'dopant watch li2mno3-010 --site cluster', 'dopant watch --once | grep failed'],
  run: async ([screenName], options, io) => {
    const site = textOption(options['site'])
    const part = { ...(screenName === undefined ? {} : { screenName }), ...(site === undefined ? {} : { site }) }
    const settings = { ...lookOf(io), title: screenName ?? 'dopant watch', intervalMs: intervalMs(options['interval']) }
    // A line of its own, or a question for a password, would break the picture.
    const workspace = { ...workspaceOptions(options, io), say: () => undefined, person: {} }
    await checkNames(workspace, part)
    const source = watchSource(workspace, part)
    try {
      if (options['once'] === true || !isWholeTerminal(io)) await printOnce(source, settings, io)
      else await watch(source, settings, io)
    } finally {
      await source.close()
    }
    return 0
  },
}

async function watch(source: WatchSource, settings: WatchSettings, io: CommandIo): Promise<void> {
  const first = await source.look()
  if (io.signal.aborted) return
  let screen: FullScreen | undefined
  const watching = startWatching(source, first, () => (screen ??= open()), settings)
  const open = (): FullScreen => openFullScreen(process, { keys: (keys) => watching.press(keys), resize: () => watching.redraw(), stop: () => watching.leave() })
  try {
    await watching.untilLeft()
  } finally {
    screen?.restore()
  }
}

async function printOnce(source: WatchSource, { title, withColour, isAscii }: WatchSettings, io: CommandIo): Promise<void> {
  const now = await source.look()
  const columns = isWholeTerminal(io) ? process.stdout.columns : plainColumns
  const selected = selectRows(now.rows, { ...firstView, sort: 'name' })
  const lines = drawPlain({ now, view: firstView, selected, detail: undefined, log: [] }, columns, isAscii, title)
  io.stdout.write(`${lines.map((line) => paintLine(line, columns, { withColour: withColour && isWholeTerminal(io), isAscii })).join('\n')}\n`)
}

/** @throws ScreenUnknownError, SiteUnknownError before anything is drawn */
async function checkNames(workspace: WorkspaceOptions, { screenName, site }: WatchedPart): Promise<void> {
  const sites = sitesOf(workspace)
  if (site !== undefined && !sites.has(site)) throw new SiteUnknownError(site, [...sites.keys()])
  if (screenName === undefined) return
  await withStore(workspace, (store) => screenNamed(store, screenName))
}

function isWholeTerminal(io: CommandIo): boolean {
  return io.stdout === process.stdout && process.stdout.isTTY && process.stdin.isTTY
}

/** Colour and signs as far as the terminal and its user want them. */
function lookOf({ environment }: CommandIo): Pick<WatchSettings, 'withColour' | 'isAscii'> {
  const withColour = (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb'
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find((word) => word !== undefined && word !== '') ?? ''
  return { withColour, isAscii: !/utf-?8/i.test(locale) }
}

function intervalMs(given: unknown): number {
  const seconds = numberOption('--interval', given as string)
  if (seconds >= 0.5 && seconds <= 3600) return seconds * 1000
  throw new OptionValueError('--interval', given, 'Give seconds from 0.5 to 3600.')
}
