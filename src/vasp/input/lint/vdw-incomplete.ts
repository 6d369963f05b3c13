import { ggaTag, isOn, numberTag, tagValue, type LintRule } from './lint-rule.ts'

export const vdwIncomplete: LintRule = {
  id: 'vdw-incomplete',
  severity: 'error',
  why: 'The functionals of Dion and successors take LDA correlation (AGGAC = 0) and the non-local term; with the correlation of a GGA on top, part of it counts twice.',
  source: 'https://vasp.at/wiki/Nonlocal_vdW-DF_functionals',
  check: (inputs) => {
    const metaGga = tagValue(inputs, 'METAGGA') !== undefined
    const rvv10 = numberTag(inputs, 'IVDW_NL') === 2 || tagValue(inputs, 'BPARAM') !== undefined
    if (!isOn(inputs, 'LUSE_VDW') || metaGga || rvv10) return []
    const message = `LUSE_VDW with ${ggaTag(inputs) ?? 'the functional of POTCAR'} needs AGGAC = 0.`
    return numberTag(inputs, 'AGGAC') === 0 ? [] : [{ tag: 'LUSE_VDW', message }]
  },
}
