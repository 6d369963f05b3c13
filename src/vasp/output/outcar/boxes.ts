import { textOf } from '../text/bytes.ts'
import type { Line, RowReader, Section } from './line.ts'

/** A framed message of VASP. */
export interface Box {
  readonly kind: 'warning' | 'advice' | 'error'
  readonly text: string
  readonly count: number
}

// Files with one box an ionic step repeat themselves; more different ones than this say nothing new.
const mostBoxes = 200
const longestBoxLines = 80
const boxWidth = 200

/** Messages in frames of `|`, each once, in order of first appearance. */
export function boxesSection(): Section & { result(): readonly Box[] } {
  const boxes = new Map<string, { kind: Box['kind']; text: string; count: number }>()

  function rows(firstLine: Line): RowReader {
    const lines = [inner(firstLine)]
    return (line) => {
      if (line.bytes[line.first] === 124) {
        if (lines.length < longestBoxLines) lines.push(inner(line))
        return true
      }
      keep(lines)
      return false
    }
  }

  function keep(lines: readonly string[]): void {
    const text = lines.filter((line) => line !== '' && !isBanner(line)).join('\n')
    const known = boxes.get(text)
    if (known !== undefined) known.count++
    else if (text !== '' && boxes.size < mostBoxes) boxes.set(text, { kind: kindOf(lines), text, count: 1 })
  }

  return { result: () => [...boxes.values()], markers: { '| ': rows } }
}

function inner(line: Line): string {
  return textOf(line.bytes, line.first + 1, Math.min(line.end, line.first + boxWidth)).trimEnd().replace(/\|$/, '').trim()
}

/** The large letters above a message, `W W AA RRRRR`, and the pointer `----> ADVICE …`. */
function isBanner(line: string): boolean {
  const isLetters = /^[WARNIGEOUBD!# ]+$/.test(line) && line.includes('  ')
  return isLetters || /^-+>.*<-+$/.test(line) || line.startsWith('ADVICE TO THIS USER') || /^[-\s]+$/.test(line)
}

function kindOf(lines: readonly string[]): Box['kind'] {
  if (lines.some((line) => /ADVICE/.test(line))) return 'advice'
  if (lines.some((line) => /^W +W +AA/.test(line))) return 'warning'
  return lines.some((line) => /^EEE|^E +R|ERROR|^B+ +U +U/.test(line)) ? 'error' : 'warning'
}
