import type { Structure } from '../../structure/structure.ts'
import type { IncarGroups } from '../../vasp/input/incar-settings.ts'
import { staticIncar, type RelaxedState } from '../../vasp/input/static-incar.ts'
import { assembleInput } from './assemble-input.ts'
import type { StepSettings, VaspInput } from './step-kind.ts'

/**
 * Inputs of a density of states on a mesh of its own: self-consistent, since nothing but the geometry and the moments
 * is carried to another mesh.
 *
 * @throws as `prepareRelax`
 */
export function prepareDos(settings: StepSettings, structure: Structure, upstream: RelaxedState): VaspInput {
  const input = assembleInput(
    'dos',
    dosIncar(staticIncar(structure, settings, upstream)),
    settings,
    structure,
  )
  return {
    ...input,
    notes: ['Self-consistent on its own mesh; LORBIT = 11 writes the projections.', ...input.notes],
  }
}

/** The tags of a static run without its densities, on 3001 energies. */
function dosIncar(groups: IncarGroups): IncarGroups {
  return { ...groups, output: { NWRITE: 2, LORBIT: 11, NEDOS: 3001, LCHARG: false, LWAVE: false } }
}
