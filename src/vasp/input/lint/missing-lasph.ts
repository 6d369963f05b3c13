import { isOn, tagValue, type LintRule } from './lint-rule.ts'

export const missingLasph: LintRule = {
  id: 'missing-lasph',
  severity: 'warning',
  why: 'Non-spherical terms inside the PAW spheres matter for non-local and meta-GGA functionals; published settings for both ask for LASPH.',
  source: 'https://vasp.at/wiki/LASPH',
  check: (inputs) => {
    const needs = isOn(inputs, 'LUSE_VDW')
      ? 'LUSE_VDW'
      : tagValue(inputs, 'METAGGA') !== undefined
        ? 'METAGGA'
        : undefined
    return needs === undefined || isOn(inputs, 'LASPH')
      ? []
      : [{ tag: needs, message: `${needs} without LASPH = .TRUE.` }]
  },
}
