import { numberTag, tagValue, type LintRule } from './lint-rule.ts'

export const smearing: LintRule = {
  id: 'smearing-insulator',
  severity: 'warning',
  why: 'Methfessel-Paxton smearing gives occupations below 0 and above 1 at a gap, and wrong energies and forces with them.',
  source: 'https://vasp.at/wiki/ISMEAR',
  check: (inputs) => {
    const ismear = numberTag(inputs, 'ISMEAR') ?? 1
    const anion = inputs.structure?.sites.find(({ element }) => insulatorAnions.includes(element))?.element
    if (ismear <= 0 || anion === undefined) return []
    const set = tagValue(inputs, 'ISMEAR') === undefined ? 'ISMEAR is not set, so 1,' : `ISMEAR = ${ismear}`
    return [
      {
        tag: 'ISMEAR',
        message: `${set} for a compound of ${anion}: take 0 unless it is known to be a metal.`,
      },
    ]
  },
}

const insulatorAnions = ['O', 'F', 'Cl', 'Br', 'I']
