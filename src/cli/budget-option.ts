import type { CommandOption, CommandOptions } from './command.ts'
import { numberOption, OptionValueError } from './option-values.ts'

export const budgetOption: CommandOption = {
  flags: '--budget <core-hours>',
  description: 'what all attempts of the screen may cost, instead of what the screen says; `none` for no limit',
}

/** undefined when it is not given, null for `none`. @throws OptionValueError */
export function budgetOf(options: CommandOptions): number | null | undefined {
  const given = options['budget']
  if (given === undefined) return undefined
  if (given === 'none') return null
  const hours = numberOption('--budget', given)
  if (hours <= 0) throw new OptionValueError('--budget', given, 'Give core-hours above zero, or none.')
  return hours
}
