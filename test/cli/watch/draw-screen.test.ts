import { describe, expect, it } from 'vitest'
import { drawScreen, listHeight } from '../../../src/cli/watch/draw-screen.ts'
import { tableShape } from '../../../src/cli/watch/draw-table.ts'
import { settle } from '../../../src/cli/watch/move-cursor.ts'
import { screenWriter } from '../../../src/cli/watch/screen-writer.ts'
import { selectRows } from '../../../src/cli/watch/select-rows.ts'
import { logSparkline, sparkline } from '../../../src/cli/watch/sparkline.ts'
import { stateSigns } from '../../../src/cli/watch/state-signs.ts'
import { paintLine } from '../../../src/cli/watch/styled-line.ts'
import { textWidth } from '../../../src/cli/watch/text-width.ts'
import type { WatchNow } from '../../../src/cli/watch/watch-now.ts'
import { firstView, type WatchView } from '../../../src/cli/watch/watch-view.ts'
import { aRow, manyRows, nowWith } from './rows.ts'

function picture(now: WatchNow, size: { columns: number; rows: number }, change: Partial<WatchView> = {}, withColour = false): readonly string[] {
  const drawing = { ...size, isAscii: false, title: 'screen' }
  const chosen = { ...firstView, ...change }
  const selected = selectRows(now.rows, chosen)
  const view = { ...chosen, ...settle(selected, chosen, listHeight(now, chosen, drawing)) }
  const lines = drawScreen({ now, view, selected, detail: undefined, log: [] }, drawing, tableShape(now.rows, size.columns, false))
  return lines.map((line) => paintLine(line, size.columns, { withColour, isAscii: false }))
}

const failure = { code: 'ELECTRONIC_UNCONVERGED', message: 'The electrons did not converge.', remedy: 'Look at it.' }
const some = nowWith(
  [
    aRow({ id: 'screen/pristine/relax', state: 'running', attempt: 1, nativeId: '4711' }),
    aRow({ id: 'screen/B-on-Mn/relax', state: 'failed', attempt: 3, failure }),
    aRow({ id: 'screen/能量/relax', state: 'queued', attempt: 1, nativeId: '4712' }),
  ],
  { notices: new Map([['screen/能量/relax', 'waits: Priority']]) },
)

describe('the screen', () => {
  it.each([
    [40, 12],
    [80, 24],
    [132, 50],
    [200, 30],
    [10, 3],
  ])('fills %i columns and %i rows exactly, and no more', (columns, rows) => {
    const lines = picture(some, { columns, rows })

    expect(lines).toHaveLength(rows)
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(columns)
  })

  it('shows first what needs a person, with state as word and sign, and why', () => {
    const [failed, running, queued] = picture(some, { columns: 120, rows: 24 }).filter((line) => line.includes('/relax'))

    expect(failed).toMatch(/✗ B-on-Mn\/relax +failed .*The electrons did not converge\./)
    expect(running).toMatch(/► pristine\/relax +running .*4711/)
    expect(queued).toMatch(/◇ 能量\/relax +queued .*waits: Priority/)
  })

  it('tells no two states by colour alone', () => {
    const looks = Object.values(stateSigns)

    expect(new Set(looks.map(({ sign }) => sign)).size).toBe(looks.length)
    expect(new Set(looks.map(({ ascii }) => ascii)).size).toBe(looks.length)
  })

  it('finds rows that hold all words, in name, state, site, job or reason', () => {
    const found = (filter: string) => selectRows(some.rows, { ...firstView, filter }).map(({ id }) => id)

    expect(found('relax electrons')).toEqual(['screen/B-on-Mn/relax'])
    expect(found('QUEUED 47')).toEqual(['screen/能量/relax'])
    expect(found('pristine queued')).toEqual([])
  })

  it('draws ten thousand rows as lines in sight only', () => {
    const rows = manyRows(10_000)
    const asked = new Set<string>()
    const counted = rows.map((row) => new Proxy(row, { get: (of, name, self) => (name === 'attempt' ? asked.add(of.id) : 0, Reflect.get(of, name, self) as unknown) }))

    const lines = picture(nowWith(counted), { columns: 120, rows: 40 }, { cursorId: undefined, cursor: 9999 })

    expect(lines).toHaveLength(40)
    // The column of attempts is asked only of the rows that are formatted.
    expect(asked.size).toBeGreaterThan(20)
    expect(asked.size).toBeLessThan(40)
  })
})

describe('what is sent to the terminal', () => {
  const size = { columns: 120, rows: 40 }
  const writer = () => {
    const sent: string[] = []
    const screen = screenWriter((text) => sent.push(text))
    return { sent, show: (now: WatchNow, change: Partial<WatchView> = {}) => screen.show(picture(now, size, change, true), size) }
  }

  it('is nothing when nothing changed', () => {
    const { show, sent } = writer()
    show(nowWith(manyRows(10_000)))

    expect(show(nowWith(manyRows(10_000)))).toBe(0)
    expect(sent).toHaveLength(1)
  })

  it('is one line when one calculation goes on, well below two kilobytes', () => {
    const { show } = writer()
    const rows = manyRows(1000).map((row) => ({ ...row, state: 'running' as const }))
    show(nowWith(rows))

    const bytes = show(nowWith(rows.map((row, i) => (i === 3 ? { ...row, attempt: 2 } : row))))

    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(300)
  })

  it('is two lines when the cursor moves', () => {
    const { show } = writer()
    const now = nowWith(manyRows(1000))
    show(now)

    expect(show(now, { cursor: 1, cursorId: undefined })).toBeLessThan(1000)
  })

  it('is everything after a resize', () => {
    const screen = screenWriter(() => undefined)
    const all = screen.show(picture(some, { columns: 80, rows: 24 }), { columns: 80, rows: 24 })

    expect(screen.show(picture(some, { columns: 60, rows: 24 }), { columns: 60, rows: 24 })).toBeGreaterThan(all / 2)
  })
})

describe('a sparkline', () => {
  it('goes from the lowest value to the highest, with gaps where there is none', () => {
    expect(sparkline([0, null, 7])).toBe('▁ █')
    expect(sparkline([-83, -83])).toBe('▁▁')
    expect(sparkline([])).toBe('')
  })

  it('shows each power of ten as the same step', () => {
    expect(logSparkline([1e-1, -1e-2, 1e-3])).toBe(sparkline([2, 1, 0]))
    expect(logSparkline([1, 0])).toBe('▁ ')
  })
})
