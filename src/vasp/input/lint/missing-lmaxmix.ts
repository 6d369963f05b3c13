import { isOn, listTag, numberTag, type LintedInputs, type LintRule } from './lint-rule.ts'

export const missingLmaxmix: LintRule = {
  id: 'missing-lmaxmix',
  severity: 'warning',
  why: 'The charge mixer, and CHGCAR with it, stops at l = 2 by default; +U on d (f) shells converges badly and a restart from CHGCAR is wrong without LMAXMIX = 4 (6).',
  source: 'https://vasp.at/wiki/LMAXMIX',
  check: (inputs) => {
    const needed = 2 * Math.max(0, ...(isOn(inputs, 'LDAU') ? correctedShells(inputs) : []))
    if (needed < 4 || (numberTag(inputs, 'LMAXMIX') ?? 2) >= needed) return []
    const fromCharge = (numberTag(inputs, 'ICHARG') ?? 0) >= 10
    const message = `LDAU with l = ${needed / 2} and LMAXMIX = ${numberTag(inputs, 'LMAXMIX') ?? '2 (default)'}: set ${needed}.`
    return [{ tag: 'LMAXMIX', message, ...(fromCharge && { severity: 'error' as const }) }]
  },
}

function correctedShells(inputs: LintedInputs): readonly number[] {
  const u = listTag(inputs, 'LDAUU') ?? []
  return (listTag(inputs, 'LDAUL') ?? []).filter((l, index) => l >= 2 && u[index] !== 0)
}
