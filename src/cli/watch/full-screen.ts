import { readKeys } from './read-keys.ts'
import { screenWriter, type ScreenSize } from './screen-writer.ts'

// Second buffer, no cursor, no wrapping; and back. The first buffer returns as it was.
const enter = '\u001b[?1049h\u001b[?25l\u001b[?7l'
const leave = '\u001b[?7h\u001b[?25h\u001b[?1049l'
const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const

/** The terminal as one page that is redrawn. */
export interface FullScreen {
  size(): ScreenSize
  /** @returns bytes sent */
  show(lines: readonly string[]): number
  /** Gives the terminal back as it was; more than once is once. */
  restore(): void
}

/**
 * Takes the terminal over. It is given back by `restore`, and before the process ends by a signal or an exception.
 *
 * @param on.stop is told of a signal, after the terminal was given back
 */
export function openFullScreen(
  { stdin, stdout }: { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream },
  on: { readonly keys: (keys: readonly string[]) => void; readonly resize: () => void; readonly stop: () => void },
): FullScreen {
  const writer = screenWriter((text) => stdout.write(text))
  let isOpen = true
  const receive = (sent: string): void => on.keys(readKeys(sent))
  const restore = (): void => {
    if (!isOpen) return
    isOpen = false
    stdout.write(leave)
    if (stdin.isTTY) stdin.setRawMode(false)
    stdin.off('data', receive)
    stdin.pause()
    stdout.off('resize', on.resize)
    process.off('exit', restore)
    for (const signal of signals) process.off(signal, stop)
  }
  const stop = (): void => {
    restore()
    on.stop()
  }
  stdout.write(enter)
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.on('data', receive)
  stdin.resume()
  stdout.on('resize', on.resize)
  process.on('exit', restore)
  for (const signal of signals) process.on(signal, stop)
  return {
    size: () => ({ columns: Math.max(1, stdout.columns), rows: Math.max(1, stdout.rows) }),
    show: (lines) => (isOpen ? writer.show(lines, { columns: stdout.columns, rows: stdout.rows }) : 0),
    restore,
  }
}
