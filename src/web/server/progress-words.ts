import type { ProgressInfo } from '../calculation-api.ts'

/** How far a run has come, in one line: `ionic step 12 of 200 · max |F| 0.052 eV/Å, limit 0.01 · SCF step 7, ΔE 3e-5 eV`. */
export function progressWords(progress: ProgressInfo): string {
  const { ionicSteps, mostIonicSteps, scf, maxForceEvPerAngstrom: force, forceCriterionEvPerAngstrom: limit, secondsSinceOutput, stop } = progress
  const parts = [
    mostIonicSteps === null ? undefined : `ionic step ${ionicSteps} of at most ${mostIonicSteps}`,
    force === null ? undefined : `max |F| ${force.toFixed(3)} eV/Å${limit === null ? '' : `, limit ${limit}`}`,
    scf === null ? undefined : `SCF step ${scf.step}${scf.lastChangeEv === null ? '' : `, ΔE ${Math.abs(scf.lastChangeEv).toExponential(0)} eV`}`,
    secondsSinceOutput !== null && secondsSinceOutput > quietSeconds ? `silent for ${Math.round(secondsSinceOutput / 60)} min` : undefined,
    stop === null ? undefined : `told to stop: ${stop.reason}`,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

/** Between two electronic steps of a large cell nothing is printed for minutes; longer silence is worth a word. */
const quietSeconds = 600
