import { didYouMean } from '../base/did-you-mean.ts'
import { KnownError } from '../base/known-error.ts'
import type { CommandOptions } from './command.ts'

type OptionValue = CommandOptions[string]

export class OptionValueError extends KnownError {
  readonly code = 'OPTION_VALUE'
  readonly remedy: string
  constructor(option: string, given: unknown, remedy: string) {
    super(`${option} cannot be ${JSON.stringify(given)}.`)
    this.remedy = remedy
  }
}

/** One of a list of words. @throws OptionValueError with the closest allowed word */
export function oneOf<T extends string>(option: string, given: OptionValue, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === given)
  if (found !== undefined) return found
  const guess = typeof given === 'string' ? didYouMean(given, allowed) : undefined
  throw new OptionValueError(option, given, guess === undefined ? `Use ${allowed.join(', ')}.` : `Did you mean ${guess}?`)
}

export function numberOption(option: string, given: OptionValue | number): number {
  const value = typeof given === 'number' ? given : Number(given)
  if (Number.isFinite(value) && given !== '') return value
  throw new OptionValueError(option, given, 'Give a number.')
}

export function textOption(given: OptionValue): string | undefined {
  return typeof given === 'string' ? given : undefined
}
