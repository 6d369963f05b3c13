import { lineText, numberAfter, textAfter, type Section } from './line.ts'

/** Who wrote the file: the program, its build, and where it ran. */
export interface Header {
  /** `5.4.4`, `6.3.2`. */
  readonly vaspVersion?: string
  /** The whole first line. */
  readonly build?: string
  readonly executable?: 'complex' | 'gamma-only'
  readonly platform?: string
  /** As printed, local time of the cluster: `2020.12.11  18:53:40`. */
  readonly started?: string
  readonly ranks?: number
  readonly threadsPerRank?: number
  /** `rehearsal`: written by the stand-in program, never a DFT result. */
  readonly method: 'dft' | 'rehearsal'
}

// The stand-in says so near the top; the words further down could belong to anything.
const lastLineOfMethod = 40

export function headerSection(lineNumber: () => number): Section & { result(): Header } {
  const header: { -readonly [Key in keyof Header]: Header[Key] } = { method: 'dft' }
  return {
    result: () => header,
    markers: {
      'vasp.': (line) => {
        if (header.build !== undefined) return
        header.build = lineText(line)
        const version = /^vasp\.(\d+\.\d+(?:\.\d+)?)/.exec(header.build)?.[1]
        if (version !== undefined) header.vaspVersion = version
        const executable = /\b(complex|gamma-only)\b/.exec(header.build)?.[1]
        if (executable !== undefined) header.executable = executable as 'complex' | 'gamma-only'
      },
      'executed on': (line) => {
        const found = /^(.*?)\s+date\s+(.*)$/.exec(textAfter(line))
        if (found === null || header.started !== undefined) return
        header.platform = found[1]!
        header.started = found[2]!
      },
      // `running on   96 total cores` up to 6.2, `running   16 mpi-ranks, with    1 threads/rank` since.
      'running on': (line) => {
        header.ranks ??= numberAfter(line) ?? 1
      },
      'running ': (line) => {
        const found = /^running\s+(\d+) mpi-ranks(?:, with\s+(\d+) threads)?/.exec(lineText(line))
        if (found === null) return
        header.ranks = Number(found[1])
        if (found[2] !== undefined) header.threadsPerRank = Number(found[2])
      },
      'method = rehearsal': () => {
        if (lineNumber() <= lastLineOfMethod) header.method = 'rehearsal'
      },
    },
  }
}
