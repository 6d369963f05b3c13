import { changedMoments } from '../../analysis/moments.ts'
import { indicesOf } from '../../analysis/formal-states.ts'
import { whyNotOfRun } from '../../analysis/charge-checks.ts'
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
  readonly dos?: StepResult
  /** The static run on a finer grid. */
  readonly fineGrid?: StepResult
  /** The method for a candidate without any result yet. */
  readonly method: Method
  /** Why there is no result yet, as a clause. */
  readonly pending?: string
}

/** One candidate in the form that the tables are made from. */
export function collectCandidate(records: CandidateRecords): CandidateResult {
  const { candidate, initial, relax, static: last, pending } = records
  const latest = last ?? relax
  const { charges, missing } = soundCharges(last)
  const { charges: fineCharges } = soundCharges(records.fineGrid)
  const isReference = candidate.reference !== undefined
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
    ...(relax === undefined ? {} : { relaxed: candidateStep(relax, isReference) }),
    ...(last === undefined ? {} : { static: candidateStep(last, isReference) }),
    ...(records.dos === undefined ? {} : { dos: candidateStep(records.dos, isReference) }),
    ...(charges === undefined ? {} : { bader: charges }),
    ...(fineCharges === undefined ? {} : { fineBader: fineCharges }),
    flags: [...new Set([...(relax?.flags ?? []), ...(last?.flags ?? []), ...momentFlags(relax, last)])],
    ...(candidate.delithiation === null ? {} : delithiationParts(candidate.delithiation)),
    ...(candidate.startOf === undefined ? {} : { startOf: candidate.startOf }),
    ...(candidate.startsFrom === undefined ? {} : { startsFrom: candidate.startsFrom }),
    ...(candidate.vacancy === undefined ? {} : { vacancy: candidate.vacancy }),
    ...(candidate.reference === undefined ? {} : { reference: candidate.reference }),
    ...(candidate.convergence === undefined ? {} : { convergence: candidate.convergence }),
    ...(pending === undefined ? {} : { pending }),
    ...(missing === undefined ? {} : { chargesMissing: missing }),
  }
}

function candidateStep(result: StepResult, isReference: boolean): CandidateStep {
  const { structure, maxForceEvPerAngstrom, momentsMuB, totalMomentMuB, settings } = result
  // Never ACF.dat's own sum, which agrees with itself whatever was lost.
  const electronCount = result.electronCount ?? null
  return {
    structure,
    energySigmaToZeroEv: result.energies.energySigmaToZeroEv,
    isElectronicallyConverged: result.electronicConverged,
    isIonicallyConverged: result.ionicConverged,
    ...(maxForceEvPerAngstrom === null ? {} : { maxForceEvPerAngstrom }),
    ...(momentsMuB === null ? {} : { momentsMuB }),
    ...(totalMomentMuB === null ? {} : { totalMomentMuB }),
    ...(electronCount === null ? {} : { electronCount }),
    ...(settings === null ? {} : { settings: isReference ? { ...settings, isReference } : settings }),
    ...entropyTerm(result),
    ...(result.electronicStructure == null ? {} : { electronicStructure: result.electronicStructure }),
    ...(result.planarPotential == null ? {} : { planarPotential: result.planarPotential }),
  }
}

function entropyTerm({ energies: { totenEv, energyWithoutEntropyEv } }: StepResult): Pick<CandidateStep, 'entropyTermEv'> {
  return totenEv === null || energyWithoutEntropyEv === null ? {} : { entropyTermEv: totenEv - energyWithoutEntropyEv }
}

/** Charges that may stand in a table, or why there are none. One that is not the run's own would be taken for physics. */
function soundCharges(result: StepResult | undefined): { readonly charges?: BaderCharges; readonly missing?: string } {
  if (result === undefined) return {}
  const charges = baderCharges(result)
  if (charges === undefined) return result.baderMissing == null ? {} : { missing: result.baderMissing }
  const unknown = result.structure.sites.find(({ element }) => result.zval[element] === undefined)?.element
  const missing = unknown === undefined ? whyNotOfRun(charges, result.electronCount ?? undefined) : `OUTCAR does not say how many valence electrons ${unknown} has (ZVAL)`
  return missing === undefined ? { charges } : { missing }
}

function baderCharges({ bader, zval, structure }: StepResult): BaderCharges | undefined {
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
    ...bader.partition,
    valenceElectrons: zval,
    ...(gridSpacingAngstrom === null ? {} : { gridSpacingAngstrom }),
  }
}

/** A static run that fell into another electronic state than the relaxation ended in. */
function momentFlags(relax: StepResult | undefined, last: StepResult | undefined): readonly string[] {
  const changed = changedMoments(relax?.momentsMuB ?? [], last?.momentsMuB ?? [])
  if (relax?.momentsMuB == null || changed.length === 0) return []
  return [`${changed.length} ${changed.length === 1 ? 'moment' : 'moments'} changed between steps`]
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
  of,
}: NonNullable<Candidate['delithiation']>) {
  return {
    formalHolesPerOxygen,
    remainingLithiumPerFormulaUnit: remainingPerFormulaUnit,
    ...(of === undefined ? {} : { delithiatedFrom: of }),
  }
}
