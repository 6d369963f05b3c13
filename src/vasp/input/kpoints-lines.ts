import { KnownError } from '../../base/known-error.ts'
import type { Vector3 } from '../../base/vector.ts'
import { leadingNumbers, words } from '../../structure/poscar-lines.ts'

export class KpointsError extends KnownError {
  readonly code = 'KPOINTS_UNREADABLE'
  readonly remedy: string
  readonly line: number
  readonly expected: string

  constructor(line: number, expected: string, found: string) {
    super(`KPOINTS line ${line}: expected ${expected}, found "${found.trim().slice(0, 60)}".`)
    this.line = line
    this.expected = expected
    this.remedy = `Correct line ${line} of KPOINTS; https://vasp.at/wiki/KPOINTS shows the forms.`
  }
}

export interface KpointsCursor {
  /** The next line, blank or not. */
  take(expected: string): string
  /** The next line that is not blank, or undefined at the end. */
  takeFilled(): string | undefined
  /** 1-based number of the line that was taken last. */
  readonly line: number
}

export function kpointsCursor(text: string): KpointsCursor {
  const lines = text.split(/\r\n?|\n/)
  let next = 0
  return {
    take(expected) {
      const line = lines[next++]
      if (line === undefined) throw new KpointsError(next, expected, 'the end of the file')
      return line
    },
    takeFilled() {
      while (next < lines.length && lines[next]?.trim() === '') next++
      return lines[next++]
    },
    get line() {
      return next
    },
  }
}

/** The numbers at the start of a line, and the words behind them. */
export function numbersThenWords(line: string): { numbers: number[]; rest: string } {
  const tokens = words(line)
  const numbers = leadingNumbers(line)
  return { numbers: [...numbers], rest: tokens.slice(numbers.length).join(' ') }
}

export function vectorOf(numbers: readonly number[]): Vector3 | undefined {
  const [x, y, z] = numbers
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z]
}
