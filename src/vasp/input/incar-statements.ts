/** One `TAG = text` of an INCAR; comments and continuation are gone, quotes still stand. */
export interface IncarStatement {
  readonly tag: string
  readonly text: string
  /** 1-based line of the tag. */
  readonly line: number
}

export interface IncarStatements {
  readonly statements: readonly IncarStatement[]
  readonly remarks: readonly { readonly text: string; readonly line: number }[]
}

/** Cuts an INCAR into statements. Any text is accepted. */
export function splitIncar(text: string): IncarStatements {
  const statements: IncarStatement[] = []
  const remarks: { text: string; line: number }[] = []
  const groups: string[] = []
  for (const piece of pieces(text)) {
    if (piece.end === '{') groups.push(piece.text.trim().toUpperCase())
    else addPiece(piece)
    if (piece.end === '}') groups.pop()
  }
  return { statements, remarks }

  function addPiece({ text: pieceText, line }: Piece): void {
    const [, name = '', value] = /^\s*([A-Za-z_][\w/]*)\s*=([\s\S]*)$/.exec(pieceText) ?? []
    if (value !== undefined)
      statements.push({ tag: [...groups, name.toUpperCase()].join('/'), text: value.trim(), line })
    else if (pieceText.trim() !== '') remarks.push({ text: pieceText.trim(), line })
  }
}

interface Piece {
  readonly text: string
  readonly line: number
  readonly end: '\n' | ';' | '{' | '}'
}

/** Text between the marks that end a statement: line end, `;`, and the braces of nested groups. */
function* pieces(source: string): Generator<Piece> {
  const text = source.replace(/\r\n?/g, '\n')
  let line = 1
  let startLine = 1
  let piece = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? ''
    const skipped = skippedLength(text, i, piece)
    if (skipped > 0) {
      if (character === '"') piece += text.slice(i, i + skipped)
      line += countLines(text, i, i + skipped)
      i += skipped - 1
    } else if (endsPiece(character, piece)) {
      yield { text: piece, line: startLine, end: character }
      if (character === '\n') line++
      piece = ''
    } else piece += character
    if (piece.trim() === '') startLine = line
  }
  yield { text: piece, line: startLine, end: '\n' }
}

/** Length of a comment (without its line end), a continuation mark (with it), or a quotation that starts here. */
function skippedLength(text: string, at: number, piece: string): number {
  const character = text[at]
  if (character === '#' || character === '!') return lineEnd(text, at) - at
  if (character === '\\') return continuationLength(text, at)
  if (character === '"' && /=\s*$/.test(piece)) {
    const close = text.indexOf('"', at + 1)
    return close < 0 ? 0 : close + 1 - at
  }
  return 0
}

function continuationLength(text: string, at: number): number {
  const end = lineEnd(text, at)
  return /^\\\s*([#!].*)?$/.test(text.slice(at, end)) ? end + 1 - at : 0
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function endsPiece(character: string, piece: string): character is Piece['end'] {
  if (character === '\n' || character === ';') return true
  if (character === '{') return /^\s*[A-Za-z_]\w*\s*$/.test(piece)
  return character === '}'
}

function countLines(text: string, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (text[i] === '\n') count++
  return count
}
