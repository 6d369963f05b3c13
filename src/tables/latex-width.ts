/** Width of the text of a standard article in pt, the narrowest that a supplement is likely to have. */
export const textWidthPt = 345
/** Space between two columns, in pt: twice \tabcolsep. */
export const columnGapPt = 8
/** Words that are wider than this wrap inside a column of that width (48 mm). */
export const widestCellPt = 136

/** Width in pt of a line in \footnotesize Computer Modern, rounded up by kinds of letters: enough to know what fits. */
export function widthPt(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + letterPt(letter), 0)
}

function letterPt(letter: string): number {
  if (/[ijlt.,:;|!'()[\]fr -]/.test(letter)) return 3.3
  if (/[mwMW×−→≤≥±ΔΣ]/.test(letter)) return 8
  return /[A-Z]/.test(letter) ? 6.3 : 4.6
}

/** A heading in lines of about equal length, none much longer than its cells need. */
export function headingLines(words: string, cellsPt: number): readonly string[] {
  const widest = Math.max(cellsPt, 50)
  if (widthPt(words) <= Math.max(widest, 76)) return [words]
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && widthPt(joined) <= widest) lines[lines.length - 1] = joined
    else lines.push(word)
  }
  return lines
}
