import { linesOf } from './text/lines.ts'
import { messagePatterns } from './stdout-messages-data.ts'

/** A message of VASP that is known by name. */
export interface StdoutMessage {
  readonly key: string
  /** Where it stood first, from 1. */
  readonly line: number
  /** The line, or the joined text of the box. */
  readonly text: string
  readonly count: number
}

export interface Stdout {
  readonly vaspVersion?: string
  /** In order of first appearance. */
  readonly messages: readonly StdoutMessage[]
  readonly electronicSteps: number
  readonly ionicSteps: number
  readonly linesRead: number
}

/**
 * Reads the standard output or error stream of a VASP run and names the messages in it.
 *
 * Boxes of VASP 6 are joined before they are searched, because their text is wrapped. Nothing is an error here:
 * a stream may hold anything.
 */
export function readStdout(text: string): Stdout {
  const messages = new Map<string, { key: string; line: number; text: string; count: number }>()
  const counts = { electronicSteps: 0, ionicSteps: 0 }
  let vaspVersion: string | undefined
  let box: { line: number; texts: string[] } | undefined
  let linesRead = 0

  function search(paragraph: string, line: number): void {
    const searched = paragraph.replace(/\s+/g, ' ')
    for (const { key, words } of normalized) {
      if (!words.some((word) => searched.includes(word))) continue
      const known = messages.get(key)
      if (known === undefined) messages.set(key, { key, line, text: searched.trim(), count: 1 })
      else known.count++
    }
  }

  function onLine(line: string): void {
    const framed = /^\s*\|(.*?)\|?\s*$/.exec(line)
    if (framed !== null) {
      box ??= { line: linesRead, texts: [] }
      if (box.texts.length < longestBox) box.texts.push(framed[1]!)
      return
    }
    finishBox()
    if (/^[A-Z]{3}: +\d/.test(line)) counts.electronicSteps++
    else if (/^ *(\d+|\*+) (T=.*)?F=/.test(line)) counts.ionicSteps++
    else if (line.trim() !== '') search(line, linesRead)
    vaspVersion ??= /^ *vasp\.(\d+\.\d+(?:\.\d+)?)/.exec(line)?.[1]
  }

  function finishBox(): void {
    if (box !== undefined) search(box.texts.join(' '), box.line)
    box = undefined
  }

  for (const line of linesOf(text, longestLine)) {
    linesRead++
    onLine(line)
  }
  finishBox()
  return { ...(vaspVersion === undefined ? {} : { vaspVersion }), messages: [...messages.values()], ...counts, linesRead }
}

const longestBox = 80
// Logs may hold anything; the beginning of a line tells what it is.
const longestLine = 1000

const normalized = messagePatterns.map(({ key, words }) => ({ key, words: words.map((word) => word.replace(/\s+/g, ' ')) }))
