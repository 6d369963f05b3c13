import { numberTag, type LintRule } from './lint-rule.ts'

export const nparNcore: LintRule = {
  id: 'npar-ncore',
  severity: 'warning',
  why: 'NPAR and NCORE set the same thing in two ways; VASP takes NPAR where both stand.',
  source: 'https://vasp.at/wiki/NCORE',
  check: (inputs) => {
    const [npar, ncore] = [numberTag(inputs, 'NPAR'), numberTag(inputs, 'NCORE')]
    if (npar === undefined || ncore === undefined) return []
    return [{ tag: 'NCORE', message: `NPAR = ${npar} and NCORE = ${ncore} are both set: keep one.` }]
  },
}
