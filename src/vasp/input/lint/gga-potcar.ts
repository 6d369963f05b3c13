import { ggaTag, type LintRule } from './lint-rule.ts'

export const ggaPotcar: LintRule = {
  id: 'gga-potcar',
  severity: 'warning',
  why: 'A dataset made for another family of functionals brings the wrong core. (PBE datasets with vdW-DF and meta-GGA functionals are the common practice: there are no others.)',
  source: 'https://vasp.at/wiki/GGA',
  check: (inputs) => {
    const families = new Set(
      (inputs.potcars ?? []).map(({ functional }) => functional).filter((name) => name !== 'other'),
    )
    if (families.size === 2)
      return [{ tag: 'POTCAR', message: 'POTCAR mixes datasets for LDA and for PBE.', severity: 'error' }]
    const [family] = families
    const gga = ggaTag(inputs)
    if (family === 'LDA' && gga !== undefined && !ldaTags.includes(gga))
      return [{ tag: 'GGA', message: `GGA = ${gga} with datasets for LDA.` }]
    if (family === 'PBE' && gga !== undefined && ldaTags.includes(gga))
      return [{ tag: 'GGA', message: `GGA = ${gga} is LDA, the datasets are for PBE.` }]
    return []
  },
}

const ldaTags = ['CA', 'PZ', 'VW', 'HL', 'WI', 'SL']
