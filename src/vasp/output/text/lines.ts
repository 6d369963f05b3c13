/** The lines of a text, each cut behind its first so many characters: logs may hold anything. */
export function* linesOf(text: string, longestLine: number): Generator<string> {
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    yield text.slice(start, Math.min(end < 0 ? text.length : end, start + longestLine))
    if (end < 0) return
    start = end + 1
  }
}
