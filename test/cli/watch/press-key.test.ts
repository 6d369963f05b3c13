import { describe, expect, it } from 'vitest'
import { pressKey, type KeyEffect } from '../../../src/cli/watch/press-key.ts'
import { readKeys } from '../../../src/cli/watch/read-keys.ts'
import { selectRows } from '../../../src/cli/watch/select-rows.ts'
import { firstView, type WatchView } from '../../../src/cli/watch/watch-view.ts'
import { manyRows } from './rows.ts'

const rows = manyRows(20)

function press(sent: string, from: WatchView = { ...firstView, cursorId: rows[0]?.id }): { readonly view: WatchView; readonly effects: readonly KeyEffect[] } {
  let view = from
  const effects: KeyEffect[] = []
  for (const key of readKeys(sent)) {
    const pressed = pressKey(view, key, { selected: selectRows(rows, view), height: 10, pageLines: 30 })
    view = pressed.view
    if (pressed.effect !== undefined) effects.push(pressed.effect)
  }
  return { view, effects }
}

describe('keys', () => {
  it('are read whole, and unknown ones never as their letters', () => {
    expect(readKeys('\u001b[A\u001b[6~j\r')).toEqual(['up', 'page-down', 'j', 'enter'])
    expect(readKeys('\u001b[15~\u001b[<35;10;20M')).toEqual([])
    expect(readKeys('能\u007f')).toEqual(['能', 'backspace'])
  })

  it('type a filter in which letters are no commands', () => {
    const { view, effects } = press('/xq\u007fy\r')

    expect(view).toMatchObject({ filter: 'xy', isTyping: false })
    expect(effects).toEqual([])
    expect(press('\u001b', view).view.filter).toBe('')
  })

  it('do nothing that costs before a yes', () => {
    const id = rows[0]?.id

    expect(press('x').effects).toEqual([])
    expect(press('x').view.asked).toBe('cancel')
    expect(press('xn').effects).toEqual([])
    expect(press('x\r').effects).toEqual([])
    expect(press('xy').effects).toEqual([{ kind: 'act', action: 'cancel', id }])
  })

  it('open a calculation, its log and the help, and come back', () => {
    expect(press('\r').effects).toEqual([{ kind: 'detail', id: rows[0]?.id }])
    expect(press('\rl').view.page).toBe('log')
    expect(press('?').view.page).toBe('help')
    expect(press('\rl?\u001b').view.page).toBe('list')
  })

  it('ask for states by digits, the same digit again for all', () => {
    expect(press('5').view.family).toBe('5')
    expect(press('55').view.family).toBeUndefined()
    expect(press('5/Mn\r0').view).toMatchObject({ family: undefined, filter: '' })
  })

  it('leave with q and Ctrl-C, also from a question', () => {
    expect(press('q').effects).toEqual([{ kind: 'quit' }])
    expect(press('x\u0003').effects).toEqual([{ kind: 'quit' }])
  })
})
