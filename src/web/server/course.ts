import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import { localRunFiles } from '../../app/results/run-files.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import type { CourseAnswer, IonicPoint, ScfPoint } from '../calculation-api.ts'
import { attemptFolder, tailOf, type AttemptFolder } from './attempt-folder.ts'
import type { DashboardParts } from './dashboard-parts.ts'

const mostOszicarBytes = 512 * 1024
/** A longer OUTCAR is not read for a picture. */
const mostOutcarBytes = 20 * 1024 * 1024

/** How electrons and ions of an attempt converge, from the files as they are now. */
export async function readCourse(parts: DashboardParts, calculation: CalculationRecord, attempt?: number): Promise<CourseAnswer> {
  const { ediffEv, ediffgEvPerAngstrom } = calculation.plan.settings
  const isRelaxation = stepKindOf(calculation.plan) === 'relax'
  const limits = { ediffEv, forceLimitEvPerAngstrom: isRelaxation ? Math.abs(ediffgEvPerAngstrom) : null }
  if (calculation.attempt === 0) return { scf: [], ionic: [], ...limits, words: 'It has not been sent to a site yet.' }
  const place = await attemptFolder(parts, calculation, attempt)
  const sent = await sentEdiff(place)
  const { scf, ionic } = courseIn(await tailOf(place, 'OSZICAR', mostOszicarBytes))
  const forces = isRelaxation ? await forcesOf(place) : []
  const withForces = ionic.map((point, n) => ({ ...point, maxForceEvPerAngstrom: forces[n] ?? null }))
  return { scf, ionic: withForces, ...limits, ediffEv: sent ?? ediffEv, words: scf.length === 0 ? 'VASP has not written an electronic step yet.' : null }
}

/** A correction may have made it tighter than planned. */
async function sentEdiff(place: AttemptFolder): Promise<number | undefined> {
  const value = /^\s*EDIFF\s*=\s*(\S+)/m.exec(await tailOf(place, 'INCAR', 64 * 1024))?.[1]
  return value === undefined || !Number.isFinite(Number(value)) ? undefined : Number(value)
}

const electronic = /^[A-Z]{3}:\s+(\d+)\s+(\S+)\s+(\S+)/
const ionicStep = /^\s+(\d+) F=.*?E0=\s*(\S+)/

/** Electronic and ionic steps of an OSZICAR's text; a line that is cut is passed over. */
export function courseIn(oszicar: string): { readonly scf: readonly ScfPoint[]; readonly ionic: readonly IonicPoint[] } {
  const [scf, ionic]: [ScfPoint[], IonicPoint[]] = [[], []]
  for (const line of oszicar.split('\n')) {
    const electrons = electronic.exec(line)
    const ions = ionicStep.exec(line)
    if (electrons !== null) scf.push({ ionicStep: ionic.length + 1, step: Number(electrons[1]), changeEv: finite(Math.abs(Number(electrons[3]))) })
    else if (ions !== null) ionic.push({ step: Number(ions[1]), energyEv: finite(Number(ions[2])), maxForceEvPerAngstrom: null })
  }
  return { scf, ionic }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/** Forces stand in the OUTCAR only, which is read where it lies on this machine. */
async function forcesOf({ connection, folder }: AttemptFolder): Promise<readonly (number | null)[]> {
  const path = join(folder, 'OUTCAR')
  if (connection.site.transport.kind !== 'local' || !existsSync(path) || statSync(path).size > mostOutcarBytes) return []
  const place = { id: '', site: connection.site.name, remoteFolder: folder }
  const outcar = await localRunFiles.read(place, 'OUTCAR', (chunks) => readOutcar(chunks).catch(unlessKnown))
  return (outcar?.ionicSteps ?? []).map((step) => step.maxForceEvPerAngstrom ?? null)
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
