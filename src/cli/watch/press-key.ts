import type { CalculationRow } from '../../web/calculation-row.ts'
import type { TargetAction } from '../act-on-targets.ts'
import { moveCursor, scroll, type CursorMove } from './move-cursor.ts'
import { stateFamilies } from './state-signs.ts'
import { sortNames, type WatchView } from './watch-view.ts'

/** What a key asks for besides another view. */
export type KeyEffect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'reread' }
  | { readonly kind: 'detail' | 'log'; readonly id: string }
  | { readonly kind: 'act'; readonly action: TargetAction; readonly id: string }

export interface Pressed {
  readonly view: WatchView
  readonly effect?: KeyEffect
}

export interface KeySurroundings {
  readonly selected: readonly CalculationRow[]
  /** Rows or lines that fit. */
  readonly height: number
  /** Of a page that is read. */
  readonly pageLines: number
}

const moves: Readonly<Record<string, CursorMove>> = {
  up: 'up', k: 'up', down: 'down', j: 'down', 'page-up': 'page-up', 'page-down': 'page-down', ' ': 'page-down',
  home: 'home', g: 'home', end: 'end', G: 'end',
}
const actions: Readonly<Record<string, TargetAction>> = { t: 'retry', x: 'cancel', p: 'pause', u: 'resume' }

/** What one key does; pure. */
export function pressKey(before: WatchView, key: string, around: KeySurroundings): Pressed {
  if (key === 'ctrl-c') return { view: before, effect: { kind: 'quit' } }
  if (before.isTyping) return { view: typed(before, key) }
  if (before.asked !== undefined) return answered(before, before.asked, key)
  const view = { ...before, message: '' }
  const move = moves[key]
  if (move !== undefined) return { view: movedView(view, move, around) }
  if (key === 'q') return { view, effect: { kind: 'quit' } }
  if (key === '?') return { view: { ...view, page: 'help', top: 0 } }
  if (key === 'r') return { view, effect: view.page === 'log' && view.cursorId !== undefined ? { kind: 'log', id: view.cursorId } : { kind: 'reread' } }
  if (key === 'escape' || key === 'left' || key === 'backspace') return { view: back(view, key) }
  const action = actions[key]
  if (action !== undefined && view.page !== 'help' && view.cursorId !== undefined) return { view: { ...view, asked: action } }
  return opened(view, key) ?? { view: chosen(view, key) }
}

function opened(view: WatchView, key: string): Pressed | undefined {
  const id = view.cursorId
  if (id === undefined || view.page === 'help') return undefined
  if ((key === 'enter' || key === 'right') && view.page === 'list') return { view: { ...view, page: 'detail', top: 0 }, effect: { kind: 'detail', id } }
  return key === 'l' ? { view: { ...view, page: 'log', top: 0 }, effect: { kind: 'log', id } } : undefined
}

/** Which rows are shown, and in which order. */
function chosen(view: WatchView, key: string): WatchView {
  if (view.page !== 'list') return view
  if (key === '/') return { ...view, isTyping: true }
  if (key === '0') return { ...view, family: undefined, filter: '' }
  if (key === 's') return { ...view, sort: sortNames[(sortNames.indexOf(view.sort) + 1) % sortNames.length] ?? 'state' }
  if (!stateFamilies.some((family) => family.key === key)) return view
  return { ...view, family: view.family === key ? undefined : key, top: 0 }
}

function movedView(view: WatchView, move: CursorMove, { selected, height, pageLines }: KeySurroundings): WatchView {
  if (view.page !== 'list') return { ...view, top: scroll(view.top, move, pageLines, height) }
  return { ...view, ...moveCursor(selected, view, move, height) }
}

/** One step back; in the list, Esc takes the filter away first. */
function back(view: WatchView, key: string): WatchView {
  if (view.page !== 'list') return { ...view, page: 'list', top: Math.max(0, view.cursor - 5) }
  return key === 'escape' ? { ...view, filter: '', family: undefined } : view
}

function typed(view: WatchView, key: string): WatchView {
  if (key === 'enter') return { ...view, isTyping: false }
  if (key === 'escape') return { ...view, isTyping: false, filter: '' }
  if (key === 'backspace') return { ...view, filter: [...view.filter].slice(0, -1).join('') }
  if (key === 'ctrl-u') return { ...view, filter: '' }
  return [...key].length === 1 ? { ...view, filter: view.filter + key, top: 0 } : view
}

function answered(view: WatchView, action: TargetAction, key: string): Pressed {
  const after = { ...view, asked: undefined }
  if (key !== 'y' || view.cursorId === undefined) return { view: { ...after, message: 'Nothing was done.' } }
  return { view: after, effect: { kind: 'act', action, id: view.cursorId } }
}
