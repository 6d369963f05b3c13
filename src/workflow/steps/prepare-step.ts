import type { Structure } from '../../structure/structure.ts'
import type { RelaxedState } from '../../vasp/input/static-incar.ts'
import { prepareDos } from './dos.ts'
import { prepareRelax } from './relax.ts'
import { prepareStatic } from './static.ts'
import type { StepKindName, StepSettings, VaspInput } from './step-kind.ts'

/**
 * Inputs of a step of any kind.
 *
 * @param upstream  what the step before it left; a relaxation takes its moments from the structure
 */
export function prepareStep(
  kind: StepKindName,
  settings: StepSettings,
  structure: Structure,
  upstream: RelaxedState,
): VaspInput {
  if (kind === 'relax') return prepareRelax(settings, structure)
  return kind === 'dos'
    ? prepareDos(settings, structure, upstream)
    : prepareStatic(settings, structure, upstream)
}
