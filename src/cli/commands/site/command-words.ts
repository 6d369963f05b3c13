import { OptionValueError } from '../../option-values.ts'

/** The words of a launch line; quotes keep blanks. Nothing is expanded, because nothing of it reaches a shell unquoted. */
export function commandWords(option: string, line: string): readonly string[] {
  const pattern = /\s*((?:[^\s'"]+|'[^']*'|"[^"]*")+)/gy
  const words: string[] = []
  let end = 0
  for (const match of line.matchAll(pattern)) {
    words.push((match[1] ?? '').replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''))
    end = match.index + match[0].length
  }
  if (line.slice(end).trim() !== '') throw new OptionValueError(option, line, 'Close the quotes.')
  if (words.length === 0) throw new OptionValueError(option, line, "Give a program, such as 'srun vasp_std'.")
  return words
}
