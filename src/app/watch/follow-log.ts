import type { Clock } from '../../ports/clock.ts'
import type { Transport } from '../../ports/transport.ts'

/** A part of a growing file. */
export interface LogPart {
  readonly text: string
  /** Bytes of the file that were seen so far. */
  readonly seenBytes: number
}

const mostBytes = 65_536

// From a byte on, at most so many; the size first, so that the next look knows where to go on.
const script = `
[ -f "$1" ] || exit 66
size=$(wc -c <"$1")
echo "$((size))"
if [ "$2" -lt 0 ]; then tail -n "$3" "$1" | tail -c ${mostBytes}; else tail -c "+$(($2 + 1))" "$1" | head -c "$((size - $2 < ${mostBytes} ? size - $2 : ${mostBytes}))"; fi
`

/** The last lines of a file; undefined when it is not there. */
export function lastLines(transport: Transport, path: string, count: number): Promise<LogPart | undefined> {
  return ask(transport, [path, '-1', String(count)])
}

/** What was added since, 64 kB at most; from the beginning where a new run has begun the file anew. */
export async function addedSince(transport: Transport, path: string, before: number): Promise<LogPart | undefined> {
  const part = await ask(transport, [path, String(before), '0'])
  return part !== undefined && part.seenBytes < before ? ask(transport, [path, '0', '0']) : part
}

async function ask(transport: Transport, args: readonly string[]): Promise<LogPart | undefined> {
  const { stdout, exitCode } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-log', ...args] })
  if (exitCode !== 0) return undefined
  const end = stdout.indexOf('\n')
  const text = stdout.slice(end + 1)
  const size = Number(stdout.slice(0, end))
  const from = Number(args[1])
  // Bytes are counted at the site: what is no text there is not as long here.
  return { text, seenBytes: from < 0 ? size : Math.min(size, from + mostBytes) }
}

/** Hands out what is added to a file until the signal says stop or nobody writes any more. */
export async function followLog(
  transport: Transport,
  clock: Clock,
  path: string,
  show: (text: string) => void,
  until: { readonly signal: AbortSignal; readonly isOver: () => Promise<boolean>; readonly everySeconds: number },
): Promise<void> {
  const first = await lastLines(transport, path, 20)
  show(first?.text ?? '')
  let seen = first?.seenBytes ?? 0
  while (!until.signal.aborted) {
    const isOver = await until.isOver()
    const part = await addedSince(transport, path, seen)
    if (part !== undefined && part.text !== '') show(part.text)
    seen = part?.seenBytes ?? seen
    if (isOver && (part === undefined || part.text === '')) return
    await clock.sleep(until.everySeconds * 1000, until.signal)
  }
}
