import { isOn, numberTag, type LintRule } from './lint-rule.ts'

export const chargeOutput: LintRule = {
  id: 'charge-output',
  severity: 'note',
  why: 'AECCAR0, the core charge, is not guaranteed to belong to the last positions of a relaxation: Bader charges come from a static run.',
  source: 'https://vasp.at/wiki/LAECHG',
  check: (inputs) => {
    const relaxes = (numberTag(inputs, 'NSW') ?? 0) > 0 && (numberTag(inputs, 'IBRION') ?? 0) >= 0
    return relaxes && isOn(inputs, 'LAECHG')
      ? [{ tag: 'LAECHG', message: 'LAECHG = .TRUE. in a run that moves the ions.' }]
      : []
  },
}
