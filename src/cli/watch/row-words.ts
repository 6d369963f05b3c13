import type { RunProgress } from '../../app/watch/run-progress.ts'
import type { CalculationRow } from '../../web/calculation-row.ts'
import type { WatchNow } from './watch-now.ts'

/** What a calculation does or waits for, in a few words. */
export function rowWords(row: CalculationRow, { progress, notices }: Pick<WatchNow, 'progress' | 'notices'>): string {
  const known = progress.get(row.id)
  if (row.failure !== null) return row.failure.message
  if (row.state === 'running') return known === undefined ? 'no word from the job yet' : shortProgress(known)
  return notices.get(row.id) ?? (row.state === 'done' ? '' : row.reason)
}

/** `step 12/200 · SCF 7 · ΔE 3e-5 eV` */
export function shortProgress({ ionicSteps, mostIonicSteps, scf, stop, secondsSinceOutput }: RunProgress): string {
  const parts = [
    stop === null ? undefined : `told to stop: ${stop.reason}`,
    mostIonicSteps === null ? undefined : `step ${ionicSteps}/${mostIonicSteps}`,
    scf === null ? undefined : `SCF ${scf.step}`,
    scf?.lastChangeEv == null ? undefined : `ΔE ${Math.abs(scf.lastChangeEv).toExponential(0)}`,
    // Between two electronic steps of a large cell nothing is printed for minutes.
    secondsSinceOutput === null || secondsSinceOutput < 600 ? undefined : `silent ${timeWords(secondsSinceOutput)}`,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

export function energyWords(progress: RunProgress | undefined): string {
  const energy = progress?.steps.at(-1)?.energySigmaToZeroEv
  return energy == null ? '' : energy.toFixed(3)
}

export function forceWords(progress: RunProgress | undefined): string {
  const force = progress?.maxForceEvPerAngstrom
  return force == null ? '' : force.toFixed(3)
}

/** Until the batch system ends the job, as of the last look at it. */
export function leftWords(row: CalculationRow, progress: RunProgress | undefined): string {
  return row.state !== 'running' || progress?.secondsLeft == null ? '' : timeWords(progress.secondsLeft)
}

/** `3 s`, `12 min`, `5.3 h`, `3.2 d` */
export function timeWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 5400) return `${Math.round(whole / 60)} min`
  return whole < 172_800 ? `${(whole / 3600).toFixed(1)} h` : `${(whole / 86_400).toFixed(1)} d`
}

/** Time of day where the reader is. */
export function clockWords(when: string | number): string {
  return new Date(when).toLocaleTimeString('en-GB', { hour12: false })
}
