import { isOn, numberTag, type LintRule } from './lint-rule.ts'
import { vacuumAxes } from '../vacuum.ts'

export const dipoleAxis: LintRule = {
  id: 'dipole-axis',
  severity: 'error',
  why: 'The dipole correction places a step of the potential in the vacuum; along another axis it cuts through matter.',
  source: 'https://vasp.at/wiki/IDIPOL',
  check: (inputs) => {
    const axis = numberTag(inputs, 'IDIPOL')
    if (axis === undefined) {
      return isOn(inputs, 'LDIPOL')
        ? [{ tag: 'LDIPOL', message: 'LDIPOL has no effect without IDIPOL.', severity: 'warning' }]
        : []
    }
    if (inputs.structure === undefined || axis < 1 || axis > 3) return []
    const vacuum = vacuumAxes(inputs.structure).map((index) => index + 1)
    if (vacuum.includes(axis)) return []
    const where =
      vacuum.length === 0 ? 'the cell has no vacuum' : `the vacuum is along axis ${vacuum.join(', ')}`
    return [{ tag: 'IDIPOL', message: `IDIPOL = ${axis}, but ${where}.` }]
  },
}
