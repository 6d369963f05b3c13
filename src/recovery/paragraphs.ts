import { linesOf } from '../vasp/output/text/lines.ts'

/** A line of a log, or the joined text of a box of VASP 6; runs of blanks are one blank. */
export interface Paragraph {
  readonly where: 'stdout' | 'stderr' | 'OUTCAR'
  readonly text: string
  /** Of its first appearance, from 1; 0 in a box of the OUTCAR. */
  readonly line: number
  readonly count: number
}

// Logs may hold anything, but a message is short and is repeated rather than varied.
const longestLine = 500
const longestBox = 80
// Both ends of a log that never repeats itself: a message may stand at either.
const mostAtEachEnd = 5_000

interface Place {
  readonly line: number
  count: number
}

/** The different paragraphs of a log in order of first appearance; lines of electronic steps are left out. */
export function paragraphsOf(text: string, where: Paragraph['where']): readonly Paragraph[] {
  const head = new Map<string, Place>()
  const tail = new Map<string, Place>()
  let box: { line: number; texts: string[] } | undefined

  function keep(raw: string, line: number): void {
    const plain = raw.replace(/\s+/g, ' ').trim()
    const known = head.get(plain) ?? tail.get(plain)
    if (known !== undefined) known.count++
    else if (plain !== '' && head.size < mostAtEachEnd) head.set(plain, { line, count: 1 })
    else if (plain !== '') {
      tail.set(plain, { line, count: 1 })
      if (tail.size > mostAtEachEnd) tail.delete(tail.keys().next().value!)
    }
  }

  function finishBox(): void {
    if (box !== undefined) keep(box.texts.join(' '), box.line)
    box = undefined
  }

  let number = 0
  for (const line of linesOf(text, longestLine)) {
    number++
    const framed = /^\s*\|(.*?)\|?\s*$/.exec(line)
    if (framed === null) {
      finishBox()
      if (!/^ ?[A-Z]{3} ?: +(\d|\*)/.test(line)) keep(line, number)
    } else {
      box ??= { line: number, texts: [] }
      if (box.texts.length < longestBox && !isBanner(framed[1] ?? '')) box.texts.push(framed[1] ?? '')
    }
  }
  finishBox()
  return [...head, ...tail].map(([plain, { line, count }]) => ({ where, text: plain, line, count }))
}

/** The large letters above a message: `W    W    AA    RRRRR`, `EEEEEEE  RRRRRR  ###`. */
function isBanner(inner: string): boolean {
  return /^[\sWARNIGEOUBD!#]+$/.test(inner) && /\S\s{2,}\S/.test(inner.trim())
}
