import type { PhaseEnergy } from '../../analysis/chemical-potentials.ts'
import { assertComparable, type EnergyRun } from '../../analysis/energies.ts'
import { correctedOxygenEv, wangCorrection, type OxygenCorrection } from '../../analysis/oxygen-correction.ts'
import { isKnownError } from '../../base/known-error.ts'
import { composition, type Structure } from '../../structure/structure.ts'
import { methodPresets } from '../../vasp/input/method-presets.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import type { ChemicalPotentialRules } from '../screen/screen-schema.ts'
import type { CandidateResult } from './candidate-result.ts'
import { energyRun, whyNoEnergy } from './energy-runs.ts'

/** The phases that limit chemical potentials, as far as they are calculated. */
export interface PhaseEnergies {
  readonly host: PhaseEnergy | undefined
  readonly phases: readonly PhaseEnergy[]
  /** μ of each element in its own reference, eV per atom. */
  readonly elements: Readonly<Record<string, number>>
  /** Whole sentences: what is not there yet, and what cannot stand in the same formula. */
  readonly problems: readonly string[]
}

/**
 * Energies of the references and of the bulk of the host, all comparable with the undoped candidate.
 *
 * @param pristine  the run that formation energies are measured against
 */
export function phaseEnergies(
  candidates: readonly CandidateResult[],
  pristine: EnergyRun,
  { oxygenCorrection }: Pick<ChemicalPotentialRules, 'oxygenCorrection'>,
): PhaseEnergies {
  const problems: string[] = []
  const method = pristine.settings.method
  const found = candidates.flatMap((candidate): PhaseEnergy[] => {
    const name = candidate.reference?.phase ?? (candidate.candidateId === 'bulk' ? 'bulk' : undefined)
    if (name === undefined || candidate.method !== method) return []
    try {
      const run = energyRun(candidate)
      if (run === undefined) throw new Error(whyNoEnergy(candidate))
      assertComparable(run, pristine)
      return [{ ...phaseOf(name, run.structure), energyEv: withOxygenCorrection(run, oxygenCorrection) }]
    } catch (error) {
      if (!(error instanceof Error) || (!isKnownError(error) && energyRun(candidate) !== undefined)) throw error
      problems.push(`${name} sets no limit: ${error.message.replace(/\.$/, '')}.`)
      return []
    }
  })
  const bulk = isCrystal(pristine.structure) ? [{ ...phaseOf('host', pristine.structure), energyEv: pristine.energySigmaToZeroEv }] : []
  const hosts = [...found, ...bulk].filter((phase) => isMultiple(phase.counts, phaseOf('', pristine.structure).counts))
  const host = hosts.toSorted((a, b) => perAtom(a) - perAtom(b))[0]
  const phases = found.filter((phase) => !hosts.includes(phase))
  const elements = phases.flatMap((phase) => {
    const [element, ...others] = Object.keys(phase.counts)
    return element === undefined || others.length > 0 ? [] : [[element, perAtom(phase)] as const]
  })
  return { host, phases, elements: Object.fromEntries(elements), problems }
}

/** What the correction of the screen stands on; undefined for none. */
export function oxygenCorrectionOf(rule: ChemicalPotentialRules['oxygenCorrection']): OxygenCorrection | undefined {
  if (rule === 'none') return undefined
  return rule === 'wang-2006' ? wangCorrection : { ...rule, source: 'stated in the screen file' }
}

/** A sentence below every table that the correction enters. */
export function oxygenCorrectionNote(rule: ChemicalPotentialRules['oxygenCorrection']): string {
  const correction = oxygenCorrectionOf(rule)
  if (correction === undefined) return 'The energy of O2 is not corrected: the functional binds O2 too strongly, which lowers every limit with O2.'
  return `E(O2) is raised by ${correction.evPerO2} eV per molecule, fitted for ${methodName(correction.functional)} (${correction.source}).`
}

/** Elements whose metal carries the U that their compounds need: said wherever such an energy is a zero or a limit. */
export function metalNotes(candidates: readonly CandidateResult[]): readonly string[] {
  return candidates.flatMap((candidate) => {
    if (candidate.reference?.kind !== 'metal') return []
    const { structure, settings } = energyRun(candidate) ?? {}
    const u = settings?.hubbardUEv[structure?.sites[0]?.element ?? ''] ?? 0
    const { phase } = candidate.reference
    return u === 0 ? [] : [`${phase} metal carries U − J = ${u} eV as its compounds do, which lifts the metal: it limits too little, and energies counted from it are too low.`]
  })
}

/** `pbe` as a methods section writes it. */
function methodName(functional: string): string {
  return methodPresets.find(({ name }) => name === functional)?.label ?? functional
}

/**
 * The energy of the cell; of O2 with the correction of the screen.
 *
 * @throws CorrectionFunctionalError
 */
export function withOxygenCorrection(run: EnergyRun, rule: ChemicalPotentialRules['oxygenCorrection']): number {
  const correction = oxygenCorrectionOf(rule)
  const { sites } = run.structure
  const isOxygen = sites.every(({ element }) => element === 'O')
  if (correction === undefined || !isOxygen) return run.energySigmaToZeroEv
  const molecules = sites.length / 2
  return molecules * correctedOxygenEv(run.energySigmaToZeroEv / molecules, correction, run.settings)
}

function phaseOf(name: string, structure: Structure): Omit<PhaseEnergy, 'energyEv'> {
  return { name, counts: Object.fromEntries(composition(structure)) }
}

function isCrystal(structure: Structure): boolean {
  return vacuumAxes(structure).length === 0
}

export function perAtom({ counts, energyEv }: PhaseEnergy): number {
  return energyEv / Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function isMultiple(one: PhaseEnergy['counts'], other: PhaseEnergy['counts']): boolean {
  const [first] = Object.keys(one)
  const ratio = (other[first ?? ''] ?? 0) / (one[first ?? ''] ?? 1)
  const elements = new Set([...Object.keys(one), ...Object.keys(other)])
  return ratio > 0 && [...elements].every((element) => Math.abs((other[element] ?? 0) - ratio * (one[element] ?? 0)) < 1e-9)
}
