import { numberTag, tagValue, type LintRule } from './lint-rule.ts'

export const spinStart: LintRule = {
  id: 'spin-start',
  severity: 'note',
  why: 'Without MAGMOM every atom starts at 1 μB, which leads to whatever magnetic order lies nearest.',
  source: 'https://vasp.at/wiki/MAGMOM',
  check: (inputs) => {
    const fromOrbitals = (numberTag(inputs, 'ISTART') ?? 0) > 0 || (numberTag(inputs, 'ICHARG') ?? 2) === 1
    if (numberTag(inputs, 'ISPIN') !== 2 || fromOrbitals || tagValue(inputs, 'MAGMOM') !== undefined)
      return []
    return [{ tag: 'MAGMOM', message: 'ISPIN = 2 without MAGMOM.' }]
  },
}
