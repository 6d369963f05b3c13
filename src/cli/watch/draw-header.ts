import type { CalculationRow } from '../../web/calculation-row.ts'
import { finalStates } from '../../workflow/calculation-state.ts'
import { clockWords } from './row-words.ts'
import { stateFamilies, stateSigns } from './state-signs.ts'
import { spansWidth } from './draw-table.ts'
import { barOf } from './sparkline.ts'
import { span, type Line, type Span } from './styled-line.ts'
import { fitStart, padTo } from './text-width.ts'
import type { WatchedSite, WatchNow } from './watch-now.ts'
import type { WatchView } from './watch-view.ts'

export interface Drawing {
  readonly columns: number
  readonly rows: number
  readonly isAscii: boolean
  readonly title: string
}

/** What the whole project does: engine, counts with their keys, sites. */
export function headerLines(now: WatchNow, view: Pick<WatchView, 'family'>, drawing: Drawing): readonly Line[] {
  const tall = drawing.rows >= 16
  const sites = tall ? now.sites.slice(0, Math.max(1, Math.floor(drawing.rows / 6))).map((site) => siteLine(site, now.rows, drawing)) : []
  const waiting = tall ? now.waiting.slice(0, 2).map((text): Line => [span(` ${text}`, 'yellow')]) : []
  return [titleLine(now, drawing), countsLine(now.rows, view, drawing), ...sites, ...waiting, []]
}

function titleLine({ engine, rows, coreHours }: WatchNow, { columns, isAscii, title }: Drawing): Line {
  const done = rows.filter(({ state }) => state === 'done').length
  const isWide = columns >= 72
  const bar = isWide ? `${barOf(done, rows.length, 16, isAscii)} ` : ''
  const left: Line = [span(` ${title}`, 'strong'), span('  '), span(bar, 'green'), span(`${done}/${rows.length}`), span(isWide ? ` done · ${coreHours.toFixed(1)} core-h` : '')]
  const room = columns - spansWidth(left) - 3
  const words = fitStart(engine.words, room)
  return room < 12 ? left : [...left, span(padTo(words, room + 2, 'right'), engine.isRunning ? 'dim' : 'yellow')]
}

function countsLine(rows: readonly CalculationRow[], { family }: Pick<WatchView, 'family'>, { columns, isAscii }: Drawing): Line {
  const isNarrow = columns < 76
  return stateFamilies.flatMap(({ key, words, states }): readonly Span[] => {
    const count = rows.filter(({ state }) => states.includes(state)).length
    const { sign, ascii, style } = stateSigns[states[0] ?? 'planned']
    const isChosen = key === family
    const text = isNarrow ? `${count}` : `${count} ${words}`
    const colour = count === 0 ? 'dim' : style
    return [span(isNarrow ? ' ' : ` ${key} `, 'dim'), span(`${isAscii ? ascii : sign} ${text}`, isChosen ? 'inverse' : colour), span(isNarrow ? ' ' : '  ')]
  })
}

function siteLine({ name, seenAt, coreHours, fullReason }: WatchedSite, rows: readonly CalculationRow[], { columns }: Drawing): Line {
  const own = rows.filter(({ site, state }) => site === name && !finalStates.includes(state))
  const count = (state: CalculationRow['state']): number => own.filter((row) => row.state === state).length
  const parts = [`${count('running')} running`, `${count('queued')} queued`, ...(coreHours === null ? [] : [`${coreHours.toFixed(1)} core-h`]), seenAt === null ? 'not asked yet' : `answered ${clockWords(seenAt)}`]
  const shown = columns < 60 ? parts.slice(0, 2) : parts
  const full: readonly Span[] = fullReason === null ? [] : [span(` · takes no more: ${fullReason}`, 'yellow')]
  return [span(` ${padTo(fitStart(name, 14), 14)} `), span(shown.join(' · '), 'dim'), ...full]
}
