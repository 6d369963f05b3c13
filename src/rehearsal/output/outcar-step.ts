import { volumeAngstrom3 } from '../../structure/lattice.ts'
import type { IonicStep } from '../relax.ts'
import { totalMomentMuB, type RunContext } from '../run-context.ts'
import type { ElectronicStep, SelfConsistency } from '../self-consistency.ts'
import { warningBox } from './box.ts'
import { fixed, integer, outcarRule, wideExponential } from './fortran.ts'
import { ionTables } from './ion-tables.ts'
import { latticeBlock } from './outcar-lattice.ts'

export const unconvergedAdvice =
  'The electronic self-consistency was not achieved in the given number of steps (NELM). The forces and other quantities ' +
  'evaluated might not be reliable so examine the results carefully. If you find spurious results, we suggest increasing ' +
  'NELM, if you were close to convergence or switching to a different ALGO or adjusting the density mixing parameters otherwise.'

/** The electronic loop of one ionic step. */
export function outcarLoop(run: RunContext, step: IonicStep, loop: SelfConsistency): string {
  return loop.steps.map((electronic) => outcarIteration(run, step.number, electronic)).join('') + outcarLoopEnd(loop)
}

/** Why an electronic loop ended. */
export function outcarLoopEnd(loop: SelfConsistency): string {
  const rest = loop.isConverged ? '' : `\n\n${warningBox(unconvergedAdvice)}\n`
  const text = loop.isConverged
    ? 'aborting loop because EDIFF is reached'
    : 'aborting loop EDIFF was not reached (unconverged)'
  return `\n\n${`${'-'.repeat(24)} ${text} `.padEnd(104, '-')}\n${rest}\n`
}

/** Moments, lattice, forces and energy of one ionic step. */
export function outcarStep(run: RunContext, step: IonicStep): string {
  return [
    ionTables(run),
    '',
    ' VOLUME and BASIS-vectors are now :',
    ' ' + '-'.repeat(77),
    ...latticeBlock(run.inputs.structure.lattice, volumeAngstrom3(run.inputs.structure.lattice)),
    '',
    ...forceTable(step),
    '',
    '',
    outcarRule,
    '',
    '',
    '',
    ...ionicEnergy(step.energyEv),
    ' ',
    '',
    '',
    outcarRule,
    '',
    '',
    '',
  ].join('\n')
}

export const reachedAccuracyLine = ' reached required accuracy - stopping structural energy minimisation'

/** What follows a step: the reason to stop, if there is one, and the time that it took. */
export function outcarStepEnd(step: IonicStep, seconds: number): string {
  const reason = step.reachedAccuracy ? `${reachedAccuracyLine}\n` : ''
  return `${reason}     LOOP+:  cpu time${fixed(seconds, 12, 4)}: real time${fixed(seconds, 12, 4)}\n`
}

/** One electronic step, with the time that it took. */
export function outcarIteration(
  run: RunContext,
  ionicNumber: number,
  { number, energyEv, changeEv }: ElectronicStep,
  seconds = 0,
): string {
  const electrons = `number of electron ${fixed(run.inputs.electronCount, 15, 7)} magnetization`
  return [
    '',
    '',
    `${'-'.repeat(39)} Iteration ${integer(ionicNumber, 6)}(${integer(number, 4)})  ${'-'.repeat(39)}`,
    '',
    `      LOOP:  cpu time${fixed(seconds, 12, 4)}: real time${fixed(seconds, 12, 4)}`,
    '',
    ` total energy-change (2. order) :${wideExponential(changeEv, 7)}  (${wideExponential(changeEv, 7)})`,
    ` ${electrons}${run.inputs.settings.ISPIN === 2 ? fixed(totalMomentMuB(run), 16, 7) : ''}`,
    '',
    ' Free energy of the ion-electron system (eV)',
    '  ---------------------------------------------------',
    `  free energy    TOTEN  = ${fixed(energyEv, 21, 8)} eV`,
    '',
    `  energy without entropy = ${fixed(energyEv, 17, 8)}  energy(sigma->0) = ${fixed(energyEv, 17, 8)}`,
    '',
    '',
    outcarRule,
    '',
    '',
  ].join('\n')
}

function forceTable({ positions, forces }: IonicStep): string[] {
  const rows: string[] = []
  const drift = [0, 0, 0]
  for (let i = 0; i < positions.length; i += 3) {
    rows.push(tableRow(positions.subarray(i, i + 3), forces.subarray(i, i + 3)))
    for (let axis = 0; axis < 3; axis++) drift[axis]! += forces[i + axis]!
  }
  const rule = ` ${'-'.repeat(83)}`
  return [
    ' POSITION                                       TOTAL-FORCE (eV/Angst)',
    rule,
    ...rows,
    rule,
    `    total drift:                          ${drift.map((x) => fixed(x, 14, 6)).join('')}`,
  ]
}

function tableRow(position: Float64Array, force: Float64Array): string {
  const [x, y, z] = position
  const left = [x, y, z].map((value) => fixed(value!, 13, 5)).join('')
  const right = [...force].map((value, axis) => fixed(value, axis === 0 ? 17 : 14, 6)).join('')
  return left + right
}

function ionicEnergy(energyEv: number): string[] {
  return [
    '  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)',
    '  ---------------------------------------------------',
    `  free  energy   TOTEN  =${fixed(energyEv, 19, 8)} eV`,
    '',
    `  energy  without entropy=${fixed(energyEv, 18, 8)}  energy(sigma->0) =${fixed(energyEv, 18, 8)}`,
  ]
}
