import { ascii } from '../text/bytes.ts'
import { numberAfter, numberAfterWord, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

export interface Timing {
  readonly elapsedSeconds?: number
  readonly cpuSeconds?: number
  readonly userSeconds?: number
  readonly systemSeconds?: number
}

export interface Memory {
  /** What VASP says it allocated on the first rank, kB (1000 bytes). */
  readonly rootRankKilobytes?: number
  /** What the operating system saw; 0 on systems that do not tell. */
  readonly maximumKilobytes?: number
}

const realTime = ascii('real time')
const kilobytesAfterRank = ascii('rank0')
const kilobytesAfterNode = ascii('root node')

export interface TimingSection extends Section {
  result(): { timing: Timing; memory: Memory; hasTimingBlock: boolean }
}

/** The accounting block that VASP prints last: its presence means that VASP came to its own end. */
export function timingSection(timeline: Timeline): TimingSection {
  const timing: Record<string, number> = {}
  const memory: Record<string, number> = {}
  let hasTimingBlock = false

  function keep(into: Record<string, number>, name: string, value: number | undefined): void {
    if (value !== undefined) into[name] = value
  }

  return {
    result: () => ({ timing, memory, hasTimingBlock }),
    markers: {
      'General timing and accounting': () => {
        hasTimingBlock = true
      },
      'Elapsed time (sec):': (line) => keep(timing, 'elapsedSeconds', numberAfter(line)),
      'Total CPU time used (sec):': (line) => keep(timing, 'cpuSeconds', numberAfter(line)),
      'User time (sec):': (line) => keep(timing, 'userSeconds', numberAfter(line)),
      'System time (sec):': (line) => keep(timing, 'systemSeconds', numberAfter(line)),
      'Maximum memory used (kb):': (line) => keep(memory, 'maximumKilobytes', numberAfter(line)),
      'total amount of memory used by VASP': (line) =>
        keep(memory, 'rootRankKilobytes', numberAfterWord(line, kilobytesAfterRank) ?? numberAfterWord(line, kilobytesAfterNode)),
      'LOOP+:': (line) => {
        timeline.current().loopSeconds = numberAfterWord(line, realTime)
      },
    },
  }
}
