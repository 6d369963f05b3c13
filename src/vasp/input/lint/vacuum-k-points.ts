import type { Structure } from '../../../structure/structure.ts'
import { meshFromSpacing } from '../k-mesh.ts'
import { numberTag, type LintedInputs, type LintRule } from './lint-rule.ts'
import { vacuumAxes } from '../vacuum.ts'

export const vacuumKPoints: LintRule = {
  id: 'vacuum-k-points',
  severity: 'warning',
  why: 'States do not disperse across vacuum: more than one k-point there only costs time, and KSPACING cannot tell vacuum from matter.',
  source: 'https://vasp.at/wiki/KSPACING',
  check: (inputs) => {
    const { structure } = inputs
    if (structure === undefined) return []
    const { mesh, tag } = meshOf(inputs, structure)
    return vacuumAxes(structure)
      .filter((axis) => (mesh?.[axis] ?? 1) > 1)
      .map((axis) => ({
        tag,
        message: `${mesh?.[axis]} k-points along axis ${axis + 1}, which has a vacuum; write a KPOINTS file with 1.`,
      }))
  },
}

// A KPOINTS file overrides KSPACING.
function meshOf(inputs: LintedInputs, structure: Structure): { mesh?: readonly number[]; tag: string } {
  if (inputs.kpoints?.kind === 'mesh') return { mesh: inputs.kpoints.mesh, tag: 'KPOINTS' }
  if (inputs.kpoints !== undefined) return { tag: 'KPOINTS' }
  const spacing = numberTag(inputs, 'KSPACING')
  if (spacing === undefined || spacing <= 0) return { tag: 'KSPACING' }
  const { mesh } = meshFromSpacing({ lattice: structure.lattice, spacing, unit: '1/A', rounding: 'ceil' })
  return { mesh, tag: 'KSPACING' }
}
