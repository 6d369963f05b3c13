import { ggaTag, isOn, numberTag, tagValue, type LintRule } from './lint-rule.ts'

export const vdwLeftover: LintRule = {
  id: 'vdw-leftover',
  severity: 'error',
  why: 'AGGAC = 0 removes the gradient correction of correlation. Without the non-local term that replaces it the functional is one that nobody meant.',
  source: 'https://vasp.at/wiki/Nonlocal_vdW-DF_functionals',
  check: (inputs) => {
    const otherFunctional =
      isOn(inputs, 'LUSE_VDW') || isOn(inputs, 'LHFCALC') || tagValue(inputs, 'METAGGA') !== undefined
    if (numberTag(inputs, 'AGGAC') !== 0 || otherFunctional || ggaTag(inputs) === 'LI') return []
    return [
      {
        tag: 'AGGAC',
        message: `AGGAC = 0 without LUSE_VDW: ${ggaTag(inputs) ?? 'PBE'} loses its correlation.`,
      },
    ]
  },
}
