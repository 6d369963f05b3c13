/** First and last code points of characters that take two columns: East Asian wide and fullwidth, and emoji. @source Unicode Standard Annex 11 */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
]
const withoutWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** Columns that one character takes in a terminal. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return code === 0xad ? 0 : 1
  if (withoutWidth.test(character)) return 0
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1
}

/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
  if (isAscii(text)) return text.length
  return [...text].reduce((sum, character) => sum + characterWidth(character), 0)
}

/** The first columns of a text; one that is cut ends with an ellipsis. */
export function fitStart(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  return columns < 1 ? '' : `${take([...text], columns - 1)}…`
}

/** The last columns of a text, for what differs at its end; one that is cut begins with an ellipsis. */
export function fitEnd(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  return columns < 1 ? '' : `…${[...take([...text].reverse(), columns - 1)].reverse().join('')}`
}

/** Exactly so many columns. */
export function padTo(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const missing = ' '.repeat(Math.max(0, columns - textWidth(text)))
  return side === 'left' ? text + missing : missing + text
}

/** What came from a site, without anything that a terminal would obey. */
export function harmless(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is meant
  return text.replace(/\t/g, '  ').replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
}

const nearAscii: Readonly<Record<string, string>> = { '·': '-', '…': '~', Å: 'A', Δ: 'd', '–': '-', '’': "'", '“': '"', '”': '"', '×': 'x' }

/** The same number of columns in ASCII, for terminals without UTF-8. */
export function asciiText(text: string): string {
  if (isAscii(text)) return text
  return [...text].map((character) => (isAscii(character) ? character : (nearAscii[character] ?? '?'.repeat(characterWidth(character))))).join('')
}

function take(characters: readonly string[], columns: number): string {
  let [taken, width] = ['', 0]
  for (const character of characters) {
    width += characterWidth(character)
    if (width > columns) break
    taken += character
  }
  return taken
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7e) return false
  return true
}
