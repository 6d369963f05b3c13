export interface ScreenSize {
  readonly columns: number
  readonly rows: number
}

/** Shows whole pictures by sending only the lines that differ from what is there. */
export interface ScreenWriter {
  /** @returns how many bytes were sent; 0 when the picture is the same */
  show(lines: readonly string[], size: ScreenSize): number
}

/** @param write to a terminal in its second buffer, which begins empty */
export function screenWriter(write: (text: string) => unknown): ScreenWriter {
  let shown: readonly string[] = []
  let last: ScreenSize | undefined
  return {
    show(lines, size) {
      const isResized = last?.columns !== size.columns || last.rows !== size.rows
      if (isResized) shown = []
      const next = Array.from({ length: size.rows }, (_, row) => lines[row] ?? '')
      const changes = next.flatMap((line, row) => (line === (shown[row] ?? '') ? [] : [`\u001b[${row + 1};1H${line}\u001b[K`]))
      const text = `${isResized ? '\u001b[2J' : ''}${changes.join('')}`
      if (text !== '') write(text)
      shown = next
      last = size
      return Buffer.byteLength(text)
    },
  }
}
