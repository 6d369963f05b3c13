import { numberTag, type LintedInputs, type LintRule } from './lint-rule.ts'

export const encut: LintRule = {
  id: 'encut',
  severity: 'warning',
  why: 'Below ENMAX of a dataset its orbitals are not described. A cell that relaxes needs about 1.3 × ENMAX, or its stress is wrong.',
  source: 'https://vasp.at/wiki/ENCUT',
  check: (inputs) => {
    const encutEv = numberTag(inputs, 'ENCUT') ?? numberTag(inputs, 'ENMAX')
    const enmaxEv = Math.max(0, ...(inputs.potcars ?? []).map((potcar) => potcar.enmaxEv ?? 0))
    if (encutEv === undefined || enmaxEv === 0) return []
    if (encutEv < enmaxEv - 1)
      return [{ tag: 'ENCUT', message: `ENCUT = ${encutEv} eV, POTCAR asks for ${enmaxEv} eV.` }]
    if (!cellRelaxes(inputs) || encutEv >= 1.25 * enmaxEv) return []
    return [
      {
        tag: 'ENCUT',
        severity: 'note',
        message: `ENCUT = ${encutEv} eV for a cell that relaxes: 1.3 × ENMAX is ${(1.3 * enmaxEv).toFixed(0)} eV.`,
      },
    ]
  },
}

function cellRelaxes(inputs: LintedInputs): boolean {
  return (
    (numberTag(inputs, 'ISIF') ?? 2) >= 3 &&
    (numberTag(inputs, 'NSW') ?? 0) > 0 &&
    (numberTag(inputs, 'IBRION') ?? 0) > 0
  )
}
