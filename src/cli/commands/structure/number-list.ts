import type { CommandOptions } from '../../command.ts'
import { OptionValueError } from '../../option-values.ts'
import { OptionMissingError } from './option-missing.ts'

export interface NumberList {
  readonly numbers: readonly number[]
  /** Words that are no numbers: a list option takes all that follows it, also the file. */
  readonly spare: readonly string[]
}

/** `0 1 0`, `0,1,0` or `0,1,0 file.cif`. */
export function numberList(given: CommandOptions[string]): NumberList {
  const words = Array.isArray(given) ? (given as readonly string[]) : typeof given === 'string' ? [given] : []
  const end = words.findIndex((word) => !isNumbers(word))
  const own = end < 0 ? words : words.slice(0, end)
  const numbers = own.flatMap((word) => word.split(/[, ]+/).filter((part) => part !== '').map(Number))
  return { numbers, spare: end < 0 ? [] : words.slice(end) }
}

/** @throws OptionMissingError; OptionValueError unless there are as many numbers as one of the counts */
export function numbersOption(
  option: string,
  given: CommandOptions[string],
  counts: readonly number[],
  remedy: string,
): NumberList {
  if (given === undefined) throw new OptionMissingError(option, remedy)
  const list = numberList(given)
  if (!counts.includes(list.numbers.length)) throw new OptionValueError(option, given, remedy)
  return list
}

function isNumbers(word: string): boolean {
  return /^[-+]?[\d.]+(e[-+]?\d+)?([, ]+[-+]?[\d.]+(e[-+]?\d+)?)*,?$/i.test(word)
}
