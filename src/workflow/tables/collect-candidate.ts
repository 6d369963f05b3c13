import { indicesOf } from '../../analysis/formal-states.ts'
import type { RunSettings } from '../../analysis/run-settings.ts'
import type { BaderCharges } from '../../analysis/charges.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Candidate } from '../candidate.ts'
import type { StepResult } from '../step-result.ts'
import type { CandidateResult, CandidateStep, Method } from './candidate-result.ts'

/** What the store holds about one candidate. */
export interface CandidateRecords {
  readonly candidate: Candidate
  /** The structure that the relaxation started from. */
  readonly initial?: Structure
  readonly relax?: StepResult
  readonly static?: StepResult
  /** Who made the charges of the static step and how. */
  readonly partition: PartitionOrigin
  readonly settings?: { readonly relax?: RunSettings; readonly static?: RunSettings }
  /** The method for a candidate without any result yet. */
  readonly method: Method
  /** Why there is no result yet, as a clause. */
  readonly pending?: string
}

export interface PartitionOrigin {
  /** `dopant`, or the first line of the program that wrote ACF.dat: `bader 1.05`. */
  readonly program: string
  readonly method: string
  /** Were the basins those of AECCAR0 + AECCAR2? */
  readonly hasReference: boolean
}

/** One candidate in the form that the tables are made from. */
export function collectCandidate(records: CandidateRecords): CandidateResult {
  const { candidate, initial, relax, static: last, partition, settings, pending } = records
  const latest = last ?? relax
  const charges = last === undefined ? undefined : baderCharges(last, partition)
  return {
    candidateId: candidate.id,
    series: candidate.series,
    dopant: candidate.dopant,
    site: candidate.site === null ? null : siteWords(candidate.site),
    depthAngstrom: candidate.depthAngstrom,
    compensation: candidate.compensation,
    method: latest?.method ?? records.method,
    oxidationStates: candidate.oxidationStates,
    dopantIndices: dopantIndices(candidate, latest?.structure),
    ...(initial !== undefined && isSameIons(initial, relax?.structure) ? { initial } : {}),
    ...(relax === undefined ? {} : { relaxed: candidateStep(relax, settings?.relax) }),
    ...(last === undefined ? {} : { static: candidateStep(last, settings?.static) }),
    ...(charges === undefined ? {} : { bader: charges }),
    flags: [...new Set([...(relax?.flags ?? []), ...(last?.flags ?? [])])],
    ...(candidate.delithiation === null ? {} : delithiationParts(candidate.delithiation)),
    ...missingReason(pending, last),
  }
}

function candidateStep(result: StepResult, settings: RunSettings | undefined): CandidateStep {
  const { structure, maxForceEvPerAngstrom, momentsMuB, totalMomentMuB } = result
  const electronCount = result.bader?.electronCount ?? null
  return {
    structure,
    energySigmaToZeroEv: result.energies.energySigmaToZeroEv,
    isElectronicallyConverged: result.electronicConverged,
    isIonicallyConverged: result.ionicConverged,
    ...(maxForceEvPerAngstrom === null ? {} : { maxForceEvPerAngstrom }),
    ...(momentsMuB === null ? {} : { momentsMuB }),
    ...(totalMomentMuB === null ? {} : { totalMomentMuB }),
    ...(electronCount === null ? {} : { electronCount }),
    ...(settings === undefined ? {} : { settings }),
  }
}

function baderCharges(
  { bader, zval, structure }: StepResult,
  partition: PartitionOrigin,
): BaderCharges | undefined {
  if (bader === null) return undefined
  const { electrons, minDistanceAngstrom, volumeAngstrom3, vacuumElectrons, gridSpacingAngstrom } = bader
  const atoms = structure.sites.map((_, ion) => {
    const [distance, volume] = [minDistanceAngstrom[ion], volumeAngstrom3[ion] ?? null]
    return {
      electrons: electrons[ion] ?? Number.NaN,
      ...(distance === undefined ? {} : { minDistanceAngstrom: distance }),
      ...(volume === null ? {} : { volumeAngstrom3: volume }),
    }
  })
  const sum = electrons.reduce((total, value) => total + value, vacuumElectrons ?? 0)
  return {
    atoms,
    vacuumElectrons: vacuumElectrons ?? 0,
    electronCount: sum,
    ...partition,
    valenceElectrons: zval,
    ...(gridSpacingAngstrom === null ? {} : { gridSpacingAngstrom }),
  }
}

/** Taking lithium out renumbers the ions, so the element decides where it can. */
function dopantIndices({ dopant, site }: Candidate, structure: Structure | undefined): readonly number[] {
  const written = site?.ionIndices ?? []
  if (dopant === null || structure === undefined) return written
  const found = indicesOf(structure, dopant)
  return found.length === written.length ? found : written
}

function isSameIons(one: Structure, other: Structure | undefined): boolean {
  return (
    other !== undefined &&
    one.sites.length === other.sites.length &&
    one.sites.every((site, ion) => site.element === other.sites[ion]?.element)
  )
}

/** `Mn 4g, TM-layer, surface`. */
function siteWords({ element, wyckoff, layer, place }: NonNullable<Candidate['site']>): string {
  return [`${element} ${wyckoff}`, ...(layer === null ? [] : [layer]), place].join(', ')
}

function delithiationParts({
  formalHolesPerOxygen,
  remainingPerFormulaUnit,
}: NonNullable<Candidate['delithiation']>) {
  return { formalHolesPerOxygen, remainingLithiumPerFormulaUnit: remainingPerFormulaUnit }
}

function missingReason(pending: string | undefined, last: StepResult | undefined): { pending?: string } {
  const why = pending ?? last?.baderMissing ?? undefined
  return why === undefined ? {} : { pending: why }
}
