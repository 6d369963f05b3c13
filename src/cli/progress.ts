import type { CalculationSummary } from '../ports/store.ts'
import { calculationStates } from '../workflow/calculation-state.ts'
import type { ScreenProgress } from '../app/screens/wait-for-screen.ts'
import type { CommandIo } from './command.ts'

/** `12 done, 2 running, 12 planned`, in the order of the states. */
export function countStates(calculations: readonly CalculationSummary[]): string {
  const counts = calculationStates.map((state) => ({
    state,
    count: calculations.filter((calculation) => calculation.state === state).length,
  }))
  return [...counts]
    .reverse()
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ')
}

/** Shows a screen's progress: one line that is redrawn on a terminal, a line for each end elsewhere. */
export function progressLine(io: CommandIo, startedMs: number, now: () => number): (progress: ScreenProgress) => void {
  let last = ''
  return ({ calculations, news }) => {
    const done = calculations.filter(({ state }) => state === 'done').length
    const total = calculations.length
    const seconds = Math.round((now() - startedMs) / 1000)
    for (const event of news) {
      if (event.from === event.to) continue
      if (event.to !== 'done' && event.to !== 'failed' && event.to !== 'blocked') continue
      clear(io)
      const count = `[${String(done).padStart(String(total).length)}/${total}]`
      const reason = event.to === 'done' ? '' : `: ${event.reason}`
      io.stderr.write(`${count} ${event.calculationId} ${event.to}${reason}\n`)
    }
    const line = `${bar(done, total)} ${countStates(calculations)} · ${clock(seconds)}`
    if (io.isTerminal && line !== last) io.stderr.write(`\r\u001b[K${line}`)
    last = line
  }
}

/** Removes the redrawn line before something else is printed. */
export function clear(io: CommandIo): void {
  if (io.isTerminal) io.stderr.write('\r\u001b[K')
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? 0 : Math.round((done / total) * 20)
  return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
