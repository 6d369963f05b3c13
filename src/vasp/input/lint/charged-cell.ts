import { speciesBlocks } from '../species-blocks.ts'
import { numberTag, type LintRule } from './lint-rule.ts'
import { vacuumAxes } from '../vacuum.ts'

export const chargedCell: LintRule = {
  id: 'charged-cell',
  severity: 'note',
  why: 'A charged cell gets a uniform background. Its energy needs corrections, and with vacuum it grows without limit with the width of the vacuum.',
  source: 'https://vasp.at/wiki/NELECT',
  check: (inputs) => {
    const { structure, potcars } = inputs
    const nelect = numberTag(inputs, 'NELECT')
    if (nelect === undefined || structure === undefined || potcars === undefined) return []
    const blocks = speciesBlocks(structure)
    if (blocks.length !== potcars.length) return []
    const neutral = blocks.reduce((sum, { count }, index) => sum + count * (potcars[index]?.zval ?? 0), 0)
    if (Math.abs(neutral - nelect) < 1e-3) return []
    const slab = vacuumAxes(structure).length === 1
    const message = `NELECT = ${nelect}, the neutral cell has ${neutral}: charge ${Number((neutral - nelect).toFixed(4))} e${slab ? ' on a slab' : ''}.`
    return [{ tag: 'NELECT', message, ...(slab && { severity: 'warning' as const }) }]
  },
}
