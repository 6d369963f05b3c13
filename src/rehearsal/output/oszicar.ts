import type { IonicStep } from '../relax.ts'
import { totalMomentMuB, type RunContext } from '../run-context.ts'
import type { ElectronicStep, SelfConsistency } from '../self-consistency.ts'
import { exponential, fixed, integer, wideExponential } from './fortran.ts'

export const oszicarHeading =
  '       N       E                     dE             d eps       ncg     rms          rms(c)\n'

/** Heading and lines of one electronic loop, as in OSZICAR and on standard output. */
export function oszicarLoop(loop: SelfConsistency): string {
  return oszicarHeading + loop.steps.map(oszicarLine).join('')
}

export function oszicarLine({ number, energyEv, changeEv }: ElectronicStep): string {
  const change = wideExponential(changeEv, 5)
  return `DAV:${integer(number, 4)} ${wideExponential(energyEv, 12).padStart(21)}  ${change.padStart(13)}  ${change.padStart(13)}     0   0.000E+00\n`
}

/** `   1 F= -.10900657E+02 E0= -.10900657E+02  d E =-.109007E+02  mag=    18.0000`. */
export function oszicarStep(run: RunContext, { number, energyEv, changeEv }: IonicStep): string {
  const energy = exponential(energyEv, 8)
  const moment = run.inputs.settings.ISPIN === 2 ? `  mag=${fixed(totalMomentMuB(run), 11, 4)}` : ''
  return `${integer(number, 4)} F= ${energy} E0= ${energy}  d E =${exponential(changeEv, 6)}${moment}\n`
}
