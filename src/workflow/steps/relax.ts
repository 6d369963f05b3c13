import type { Structure } from '../../structure/structure.ts'
import { relaxIncar } from '../../vasp/input/relax-incar.ts'
import { assembleInput } from './assemble-input.ts'
import type { StepSettings, VaspInput } from './step-kind.ts'

/**
 * Inputs that relax a structure.
 *
 * @param structure  sites in POSCAR order, with the moments to start from
 * @throws MethodUnknownError, PotcarUnknownError, HubbardElementError, KMeshError, OverrideError
 */
export function prepareRelax(settings: StepSettings, structure: Structure): VaspInput {
  return assembleInput('relax', relaxIncar(structure, settings), settings, structure)
}
