import type { Structure } from '../../structure/structure.ts'
import { staticIncar, type RelaxedState } from '../../vasp/input/static-incar.ts'
import { assembleInput } from './assemble-input.ts'
import type { StepSettings, VaspInput } from './step-kind.ts'

/**
 * Inputs of the static run with charge output.
 *
 * @param structure  the relaxed structure, sites in POSCAR order
 * @param upstream  what the relaxation left: WAVECAR, final moments in the same order
 * @throws as `prepareRelax`
 */
export function prepareStatic(
  settings: StepSettings,
  structure: Structure,
  upstream: RelaxedState,
): VaspInput {
  const input = assembleInput('static', staticIncar(structure, settings, upstream), settings, structure)
  const start = upstream.wavecarKept
    ? 'Starts from the orbitals of the relaxation.'
    : upstream.finalMomentsMuB === undefined
      ? 'Starts from scratch with the planned moments.'
      : 'Starts from scratch with the final moments of the relaxation.'
  return { ...input, notes: [start, ...input.notes] }
}
