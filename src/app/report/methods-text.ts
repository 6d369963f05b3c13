import { chargeLimits } from '../../analysis/charge-checks.ts'
import { bondedShare } from '../../structure/bond-valence.ts'
import type { Screen } from '../../workflow/screen/screen-schema.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { distinct, type StepMethod } from '../results/step-methods.ts'
import { Bibliography, functionalSources, partitionSources, sources } from './citations.ts'

export interface MethodsText {
  /** Plain text; numbers in brackets are references. */
  readonly paragraphs: readonly string[]
  readonly references: readonly string[]
}

/**
 * A methods section from what the runs printed and the plan holds; nothing is said that neither of them does.
 *
 * A rehearsal says first that nothing was calculated with these settings.
 */
export function methodsText(
  methods: readonly StepMethod[],
  screen: Pick<Screen, 'slab'> & Partial<Pick<Screen, 'chemicalPotentials'>>,
  candidates: readonly CandidateResult[] = [],
): MethodsText {
  const cited = new Bibliography()
  const isRehearsal = methods.some((step) => step.methods.includes('rehearsal'))
  const paragraphs = [
    ...(isRehearsal ? [rehearsalOpening] : []),
    modelWords(screen),
    startWords(candidates),
    programWords(methods, isRehearsal, cited),
    ...methods.map((method) => stepWords(method, cited)),
    ...potentialWords(methods),
    analysisWords(methods, cited),
    referenceWords(candidates, screen.chemicalPotentials?.oxygenCorrection ?? 'none', cited),
  ]
  return { paragraphs: paragraphs.filter((words) => words !== ''), references: cited.entries }
}

const rehearsalOpening =
  'Rehearsal: the inputs below were written for VASP, and a bond-valence stand-in answered in its place. This text may be copied only when VASP has run.'

function modelWords({ slab }: Pick<Screen, 'slab'>): string {
  if (slab === undefined) return ''
  const thickness = slab.minimumThicknessAngstrom === undefined ? `${slab.repeats} repeats thick` : `at least ${slab.minimumThicknessAngstrom} Å thick`
  const cell = slab.minimumImageDistanceAngstrom === undefined ? `a ${slab.supercell.join(' × ')} surface cell` : `a surface cell that keeps images ${slab.minimumImageDistanceAngstrom} Å apart`
  const held = { none: 'No ion was held.', centre: 'The middle repeat was held at its bulk positions.', bottom: 'The bottom repeat was held at its bulk positions.' }[slab.freeze]
  return `The (${millerWords(slab.millerIndex)}) surface, in the setting of the host file, is a slab with the termination ${slab.termination}, ${thickness}, in ${cell} with ${slab.vacuumAngstrom} Å of vacuum. ${held}`
}

/** `010`; with blanks where a figure has a sign or a second digit. */
function millerWords(index: readonly number[]): string {
  return index.every((each) => each >= 0 && each < 10) ? index.join('') : index.join(' ')
}

function startWords(candidates: readonly CandidateResult[]): string {
  const isFromRelaxed = candidates.some(({ startsFrom }) => startsFrom !== undefined)
  return isFromRelaxed ? 'Relaxations of doped cells began with the relaxed undoped cell, the dopant being put in its place there.' : ''
}

function programWords(methods: readonly StepMethod[], isRehearsal: boolean, cited: Bibliography): string {
  const versions = distinct(methods.flatMap((method) => method.vaspVersions))
  const version = versions.length === 0 || isRehearsal ? '' : ` ${versions.join(' and ')}`
  return `Density functional calculations with VASP${version}${cited.cite(...sources.vasp)} used the projector augmented wave method${cited.cite(...sources.paw)}.`
}

function stepWords(method: StepMethod, cited: Bibliography): string {
  const { planned, kind, step } = method
  const purpose = { relax: 'Relaxations', static: 'Static calculations', dos: 'Densities of states' }[kind] ?? `The step ${step}`
  const functional = `${purpose} used ${method.functionals.join(' and ')}${cited.cite(...functionalSources(method))}`
  const u = Object.entries(method.hubbardUEv).map(([element, ev]) => `${ev} eV on ${element}`)
  const hubbard = u.length === 0 ? '' : ` with U − J of ${u.join(', ')}${cited.cite(...sources.hubbard)}`
  return [
    `${functional}${hubbard}.`,
    `The plane-wave cut-off was ${values(method, 'ENCUT', planned.encutEv)} eV${precisionWords(method)}.`,
    `${smearingWords(method)}${meshWords(method, cited)}`,
    `${planned.ispin === 2 ? 'Spins were polarised. ' : ''}The electrons were converged to ${powerOfTen(planned.ediffEv)} eV per cell${forceWords(method)}.`,
    ...(method.overrides.length === 0 ? [] : [`Set by the user: ${method.overrides.join(', ')}.`]),
  ].join(' ')
}

/** `10⁻⁶`, `5 × 10⁻⁵`; plain numbers from a thousandth. */
function powerOfTen(value: number): string {
  if (value >= 1e-3) return String(value)
  const [digits = '', exponent = ''] = value.toExponential().split('e')
  const power = [...exponent].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('')
  return `${digits === '1' ? '' : `${digits} × `}10${power}`
}

/** `a, b and c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function values(method: StepMethod, key: 'ENCUT' | 'PREC' | 'ISMEAR' | 'SIGMA', planned: string | number): string {
  const printed = distinct(method.settings.map((each) => String(each[key])))
  return printed.length === 0 ? String(planned) : printed.join(' and ')
}

function precisionWords(method: StepMethod): string {
  const precision = values(method, 'PREC', '')
  return precision === '' ? '' : ` with PREC = ${precision.charAt(0).toUpperCase()}${precision.slice(1)}`
}

function smearingWords(method: StepMethod): string {
  const ismear = values(method, 'ISMEAR', method.planned.ismear)
  const sigma = values(method, 'SIGMA', method.planned.sigmaEv)
  const names: Readonly<Record<string, string>> = { '0': 'Gaussian smearing', '-5': 'The tetrahedron method with Blöchl corrections', '1': 'Methfessel–Paxton smearing of first order' }
  return ismear === '-5' ? `${names[ismear]} was used.` : `${names[ismear] ?? `Smearing ISMEAR = ${ismear}`} had a width of ${sigma} eV.`
}

function meshWords({ kMeshes, isImported }: StepMethod, cited: Bibliography): string {
  if (kMeshes.length === 0) return ''
  const many = kMeshes.length > 1
  const kind = isImported === true ? (many ? 'Meshes' : 'A mesh') : many ? 'Γ-centred meshes' : 'A Γ-centred mesh'
  return ` ${kind} of ${listed(kMeshes)} points sampled the Brillouin zone${cited.cite(...sources.mesh)}.`
}

function forceWords({ kind, planned }: StepMethod): string {
  return kind === 'relax' ? `, the ions until no force exceeded ${planned.ediffgEvPerAngstrom} eV/Å` : ''
}

function potentialWords(methods: readonly StepMethod[]): readonly string[] {
  const titles = distinct(methods.flatMap((method) => Object.values(method.potentials)))
  return titles.length === 0 ? [] : [`PAW datasets by their titles: ${titles.join('; ')}.`]
}

/** How chemical potentials were limited; empty without references. */
function referenceWords(
  candidates: readonly CandidateResult[],
  correction: Screen['chemicalPotentials']['oxygenCorrection'],
  cited: Bibliography,
): string {
  const phases = candidates.flatMap(({ reference }) => reference ?? [])
  if (phases.length === 0) return ''
  const metals = phases.filter(({ kind }) => kind === 'metal').map(({ phase }) => phase)
  const smeared = metals.length === 0 ? '' : ` ${listed(metals)} had Methfessel–Paxton smearing of 0.2 eV.`
  const limits = `Chemical potentials were limited by ${listed(phases.map(({ phase }) => phase))}, relaxed in their own cells${cellCutOffWords(candidates)} and calculated with the settings of the static step; the host is in equilibrium with the phases that are named${cited.cite(...sources.formation)}.`
  return `${limits}${smeared}${correctionWords(correction, cited)}`
}

/** The cut-off of relaxations in which the cell changes, where it is another one. */
function cellCutOffWords(candidates: readonly CandidateResult[]): string {
  const used = candidates.filter(({ reference }) => reference !== undefined)
  const higher = used.flatMap(({ relaxed, static: last }) => {
    const [cutOff, usual] = [relaxed?.settings?.ENCUT, last?.settings?.ENCUT]
    return cutOff !== undefined && usual !== undefined && cutOff > usual ? [cutOff] : []
  })
  return higher.length === 0 ? '' : ` (with a cut-off of ${listed(distinct(higher).map(String))} eV)`
}

function correctionWords(correction: Screen['chemicalPotentials']['oxygenCorrection'], cited: Bibliography): string {
  if (correction === 'none') return ' The energy of O2 was not corrected.'
  if (correction === 'wang-2006') return ` The energy of O2 was raised by 1.36 eV${cited.cite(...sources.oxygenCorrection)}.`
  return ` The energy of O2 was changed by ${correction.evPerO2} eV.`
}

function analysisWords(methods: readonly StepMethod[], cited: Bibliography): string {
  const bonds = `Ions count as bonded when the bond valence${cited.cite(...sources.bondValence)} is at least ${bondedShare} of the formal charge of the cation; every periodic image is a bond of its own. Effective coordination numbers are those of Hoppe${cited.cite(...sources.effectiveCoordination)}.`
  const partitioned = methods.find((method) => method.partitions.length > 0)
  if (partitioned === undefined) return bonds
  const charges = `Charges are Bader charges${cited.cite(...partitionSources(partitioned))} (${partitioned.partitions.join('; ')}), given as ZVAL of the dataset minus the population. A grid spacing above ${chargeLimits.gridSpacingAngstrom} Å is flagged.`
  return `${bonds} ${charges}`
}
