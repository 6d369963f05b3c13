import { numberTag, type LintedInputs, type LintRule } from './lint-rule.ts'

export const looseEdiff: LintRule = {
  id: 'loose-ediff',
  severity: 'note',
  why: 'EDIFF is for the whole cell. Settings that scale it with the number of atoms leave large cells loosely converged.',
  source: 'https://vasp.at/wiki/EDIFF',
  check: (inputs) => {
    const ediffEv = numberTag(inputs, 'EDIFF')
    if (ediffEv === undefined || ediffEv <= defaultEdiffEv) return []
    const message = `EDIFF = ${ediffEv.toPrecision(2)} eV is looser than VASP's default of 1E-4 eV for the cell.`
    return [
      {
        tag: 'EDIFF',
        message,
        ...(relaxes(inputs) && forcesWanted(inputs) && { severity: 'warning' as const }),
      },
    ]
  },
}

const defaultEdiffEv = 1e-4

function relaxes(inputs: LintedInputs): boolean {
  return (numberTag(inputs, 'NSW') ?? 0) > 0 && (numberTag(inputs, 'IBRION') ?? 0) > 0
}

// A force criterion of 0.02 eV/Å or finer, which so loose an energy cannot serve.
function forcesWanted(inputs: LintedInputs): boolean {
  const ediffg = numberTag(inputs, 'EDIFFG') ?? 0
  return ediffg < 0 && ediffg >= -0.02
}
