import { readdirSync, readFileSync } from 'node:fs'

/** One tick of Linux's counters, in ms. */
const tickMs = 10

interface Process {
  readonly pid: number
  readonly parent: number
  /** With that of its children that have ended. */
  readonly cpuMs: number
}

/** Processor time of all processes that this one has started, and that they have started: servers of a measurement. */
export function childrenCpuMs(): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [readProcess(Number(name))] : [])).filter((each) => each !== undefined)
  const ours = new Set([process.pid])
  for (let size = 0; size !== ours.size; ) {
    size = ours.size
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid)
  }
  return all.filter(({ pid }) => pid !== process.pid && ours.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0)
}

function readProcess(pid: number): Process | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold blanks; the fields after it are parent (2nd) and times (12th to 15th).
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0)
    return { pid, parent: Number(fields[1]), cpuMs: ticks * tickMs }
  } catch {
    return undefined // ended meanwhile
  }
}
