import { isKnownError } from '../../base/known-error.ts'
import type { WatchedDetail } from './draw-detail.ts'
import { drawScreen, listHeight, pageLines } from './draw-screen.ts'
import { tableShape } from './draw-table.ts'
import type { FullScreen } from './full-screen.ts'
import { settle } from './move-cursor.ts'
import { pressKey, type KeyEffect } from './press-key.ts'
import { rememberingSelection } from './select-rows.ts'
import { paintLine } from './styled-line.ts'
import type { WatchNow } from './watch-now.ts'
import type { WatchSource } from './watch-source.ts'
import { firstView, type WatchView } from './watch-view.ts'

export interface WatchSettings {
  readonly title: string
  readonly intervalMs: number
  readonly withColour: boolean
  readonly isAscii: boolean
}

/** The full screen: keys and looks change what is known, and every change is drawn. */
export interface Watching {
  press(keys: readonly string[]): void
  redraw(): void
  /** Looks again and again until it was left. */
  untilLeft(): Promise<void>
  leave(): void
}

export function startWatching(source: WatchSource, first: WatchNow, screen: () => FullScreen, settings: WatchSettings): Watching {
  const select = rememberingSelection()
  let [now, view, detail, log]: [WatchNow, WatchView, WatchedDetail | undefined, readonly string[]] = [first, firstView, undefined, []]
  let hasLeft = false
  let wake: () => void = () => undefined
  const leave = (): void => {
    hasLeft = true
    wake()
  }
  const drawing = () => ({ ...screen().size(), isAscii: settings.isAscii, title: settings.title })
  /** An action is for the row that is under the cursor, also when keys come faster than pictures. */
  const settleCursor = (): void => {
    if (view.page === 'list') view = { ...view, ...settle(select(now.rows, view), view, listHeight(now, view, drawing())) }
  }
  const redraw = (): void => {
    const size = drawing()
    const selected = select(now.rows, view)
    settleCursor()
    const lines = drawScreen({ now, view, selected, detail, log }, size, tableShape(now.rows, size.columns, size.isAscii))
    screen().show(lines.map((line) => paintLine(line, size.columns, settings)))
  }
  const say = (message: string): void => {
    view = { ...view, message }
    redraw()
  }
  /** What was foreseen is told at the foot; a bug ends the watch with its stack. */
  const tell = (error: unknown): void => {
    if (isKnownError(error)) return say(`${error.message} ${error.remedy}`)
    trouble = error
    leave()
  }
  let trouble: unknown
  const readDetail = async (id: string): Promise<void> => {
    detail = await source.detail(id)
    redraw()
  }
  const lookAgain = async (): Promise<void> => {
    const before = now.rows
    now = await source.look()
    if (view.page === 'detail' && view.cursorId !== undefined && before !== now.rows) await readDetail(view.cursorId)
    redraw()
  }
  const effects: { readonly [K in KeyEffect['kind']]: (effect: Extract<KeyEffect, { readonly kind: K }>) => Promise<void> } = {
    quit: async () => leave(),
    reread: async () => {
      source.forget()
      await lookAgain()
    },
    detail: ({ id }: { readonly id: string }) => readDetail(id),
    log: async ({ id }: { readonly id: string }) => {
      log = ['…']
      redraw()
      log = await source.log(id)
      view = { ...view, top: Math.max(0, log.length - drawing().rows + 4) }
      redraw()
    },
    act: async ({ action, id }) => {
      say('…')
      const words = await source.act(action, id)
      await lookAgain()
      say(words)
    },
  }
  let busy = Promise.resolve()
  const follow = (effect: KeyEffect): void => {
    busy = busy.then(() => effects[effect.kind](effect as never)).catch(tell)
  }
  return {
    redraw,
    leave,
    press: (keys) => {
      for (const key of keys) {
        const size = drawing()
        const lines = view.page === 'list' ? 0 : pageLines({ now, view, detail, log }, size.isAscii).length
        const height = view.page === 'list' ? listHeight(now, view, size) : size.rows - 2
        const pressed = pressKey(view, key, { selected: select(now.rows, view), height, pageLines: lines })
        view = pressed.view
        settleCursor()
        if (pressed.effect?.kind === 'quit') return leave()
        if (pressed.effect !== undefined) follow(pressed.effect)
      }
      redraw()
    },
    untilLeft: async () => {
      redraw()
      while (!hasLeft) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, settings.intervalMs)
          wake = () => {
            clearTimeout(timer)
            done()
          }
        })
        if (hasLeft) break
        busy = busy.then(lookAgain).catch(tell)
        await Promise.race([busy, new Promise<void>((done) => (wake = done))])
      }
      if (trouble !== undefined) throw trouble
    },
  }
}
