import type { IonicStep } from '../relax.ts'
import type { RunContext } from '../run-context.ts'
import type { SelfConsistency } from '../self-consistency.ts'
import { movedStructure } from './contcar.ts'
import { fixed } from './fortran.ts'
import { placeholderDos } from './vasprun-dos.ts'
import { structureBlock, varray } from './vasprun-head.ts'

/** One `<calculation>` of vasprun.xml. */
export function vasprunStep(
  run: RunContext,
  step: IonicStep,
  loop: SelfConsistency,
  seconds: number,
): string {
  const forces = Array.from({ length: step.forces.length / 3 }, (_, i) => [
    ...step.forces.subarray(3 * i, 3 * i + 3),
  ])
  const time = `${fixed(seconds, 8, 2)}${fixed(seconds, 8, 2)}`
  return [
    ' <calculation>',
    ...loop.steps.map(({ energyEv }) => `  <scstep>\n${energies(energyEv)}\n  </scstep>`),
    structureBlock('', movedStructure(run.inputs.structure, step.positions)),
    varray('forces', forces),
    energies(step.energyEv),
    `  <time name="totalsc">${time}</time>`,
    ...(run.inputs.settings.NSW === 0 && run.inputs.settings.LORBIT >= 10 ? [placeholderDos(run)] : []),
    ' </calculation>',
    '',
  ].join('\n')
}

/** The last structure and the end of the file. */
export function vasprunEnd(run: RunContext, positions: Float64Array): string {
  const last = movedStructure(run.inputs.structure, positions)
  return `${structureBlock('finalpos', last, run.inputs.selectiveDynamics)}\n</modeling>\n`
}

function energies(energyEv: number): string {
  const names = ['e_fr_energy', 'e_wo_entrp', 'e_0_energy']
  return [
    '   <energy>',
    ...names.map((name) => `    <i name="${name}">${fixed(energyEv, 16, 8)} </i>`),
    '   </energy>',
  ].join('\n')
}
