import { CifSyntaxError } from './cif-errors.ts'

/** One word of a CIF. `bare` values may be keywords or `?` and `.`; quoted ones never are. */
export interface CifToken {
  readonly kind: 'data' | 'loop' | 'save' | 'name' | 'value' | 'reserved'
  readonly text: string
  readonly quoted: boolean
  readonly line: number
}

const TAB = 9
const LF = 10
const CR = 13
const SPACE = 32
const DOUBLE_QUOTE = 34
const HASH = 35
const SINGLE_QUOTE = 39
const SEMICOLON = 59
const UNDERSCORE = 95

/**
 * The words of a CIF in one pass: time grows with length, whatever the text.
 *
 * @throws CifSyntaxError for a text field that never ends
 * @source CIF 1.1 grammar, International Tables for Crystallography G (2005), 2.2.7
 */
export function* cifTokens(text: string): Generator<CifToken> {
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  let atLineStart = true
  while (position < text.length) {
    const code = text.charCodeAt(position)
    if (code === LF || code === CR) {
      if (code === CR && text.charCodeAt(position + 1) === LF) position += 1
      position += 1
      line += 1
      atLineStart = true
    } else if (isBlank(code)) {
      position += 1
      atLineStart = false
    } else if (code === HASH) {
      position = endOfLine(text, position)
    } else if (code === SEMICOLON && atLineStart) {
      const field = textField(text, position, line)
      yield { kind: 'value', text: field.text, quoted: true, line }
      position = field.end
      line += field.lines
      atLineStart = false
    } else {
      const end = code === SINGLE_QUOTE || code === DOUBLE_QUOTE ? quotedEnd(text, position, code) : undefined
      if (end !== undefined) {
        yield { kind: 'value', text: text.slice(position + 1, end), quoted: true, line }
        position = end + 1
      } else {
        const stop = bareEnd(text, position)
        yield bareToken(text.slice(position, stop), line)
        position = stop
      }
      atLineStart = false
    }
  }
}

function bareToken(word: string, line: number): CifToken {
  if (word.charCodeAt(0) === UNDERSCORE) return { kind: 'name', text: word, quoted: false, line }
  return { kind: keyword(word), text: word, quoted: false, line }
}

function keyword(word: string): CifToken['kind'] {
  const first = word.charCodeAt(0) | 32
  // Numbers, the bulk of every file, begin with none of d, l, s, g.
  if (first !== 100 && first !== 108 && first !== 115 && first !== 103) return 'value'
  const lower = word.slice(0, 8).toLowerCase()
  if (lower.startsWith('data_')) return 'data'
  if (lower === 'loop_') return 'loop'
  if (lower.startsWith('save_')) return 'save'
  return lower === 'stop_' || lower === 'global_' ? 'reserved' : 'value'
}

// A quote closes only before white space, so that 'O5'' and 'it's' are whole; without a closing one it is a letter.
function quotedEnd(text: string, start: number, quote: number): number | undefined {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === LF || code === CR) return undefined
    if (code === quote && (i + 1 >= text.length || isSpace(text.charCodeAt(i + 1)))) return i
  }
  return undefined
}

function textField(text: string, start: number, line: number): { text: string; end: number; lines: number } {
  let lines = 0
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === CR && text.charCodeAt(i + 1) === LF) continue
    if (code !== LF && code !== CR) continue
    lines += 1
    if (text.charCodeAt(i + 1) === SEMICOLON) return { text: text.slice(start + 1, i), end: i + 2, lines }
  }
  throw new CifSyntaxError(line, 'the text that begins with ";" here never ends')
}

function bareEnd(text: string, start: number): number {
  let i = start
  while (i < text.length && !isSpace(text.charCodeAt(i))) i += 1
  return i
}

function endOfLine(text: string, start: number): number {
  let i = start
  while (i < text.length && text.charCodeAt(i) !== LF && text.charCodeAt(i) !== CR) i += 1
  return i
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === 0xa0 || code === 12 || code === 11
}

function isSpace(code: number): boolean {
  return isBlank(code) || code === LF || code === CR
}
