import { describe, expect, it } from 'vitest'
import type { Outcar } from '../../src/vasp/output/outcar/outcar.ts'
import { createOutcarReader, NotAnOutcarError } from '../../src/vasp/output/outcar/read-outcar.ts'
import { Agreement, type Difference } from './agreement.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, whySkipped, type Readings } from './corpus-cases.ts'

const forceField = 'the others mix steps of the force field (ML) with those of DFT; we keep them apart'
const otherDrift = 'the last "total drift" belongs to a table of linear response, not to the forces'

/** Where we differ from an agreeing majority, or from the arbiter, and why the file is on our side. */
const knownDifferences: readonly Difference[] = [
  { case: 'vaspinteractive-mlff_outputs-istart0', field: 'steps', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart1', field: 'steps', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart2', field: 'steps', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart1', field: 'maxForce', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart2', field: 'maxForce', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart1', field: 'pressure', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart2', field: 'pressure', reason: forceField },
  { case: 'vaspinteractive-mlff_outputs-istart2', field: 'drift', reason: forceField },
  { case: 'jarvis-JVASP-39', field: 'drift', reason: otherDrift },
  { case: 'pydefect-pydefect-cli-unitcell_Ne_solid-dielectric', field: 'drift', reason: otherDrift },
  { case: 'pmgcore-electrostaticerror', field: 'pressure', reason: 'stress is printed every few steps only; the last printed belongs to an earlier step than the final one' },
  { case: 'dpdata-poscars-outcar.longit', field: 'ionsPerType', reason: 'sixteen species, but VASP printed ten counts; we leave the others open' },
]

describe.skipIf(!hasCorpus)(`OUTCAR of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('agrees with the other readers, or the reason is recorded', { timeout: 300_000 }, () => {
    const agreement = new Agreement(knownDifferences)
    const states = new Map<string, number>()

    for (const entry of corpusEntries('OUTCAR')) {
      const reader = createOutcarReader()
      reader.push(contentOf(entry))
      const outcar = reader.finish()
      states.set(outcar.runState, (states.get(outcar.runState) ?? 0) + 1)
      compare(agreement, entry.case, outcar, oracleOf(entry))
    }

    console.log(agreement.table('OUTCAR'))
    console.log('run states:', Object.fromEntries(states))
    expect(agreement.unexplained).toEqual([])
    expect(agreement.outdated).toEqual([])
  })

  // @source tests of AiiDA-VASP, which name the exit code that each of these runs must lead to
  it.each([
    ['aiidavasp-exit_codes-unfinished', 'interrupted'],
    ['aiidavasp-exit_codes-elec-unconverged', 'electronic-unconverged'],
    ['aiidavasp-exit_codes-ionic-unconverged', 'ionic-unconverged'],
    ['pmgcore-stopped', 'stopped'],
    ['custodian-vasp.hnform', 'failed-at-start'],
  ])('tells how %s ended: %s', (name, runState) => {
    const entry = corpusEntries('OUTCAR').find((candidate) => candidate.case === name)!

    expect(readInChunks(contentOf(entry), 1 << 20).runState).toBe(runState)
  })

  it('reads the same from chunks of any size', () => {
    for (const entry of corpusEntries('OUTCAR').filter((_, index) => index % 40 === 0)) {
      const content = contentOf(entry)
      expect(readInChunks(content, 997), entry.case).toEqual(readInChunks(content, content.length))
    }
  })

  it('takes no other file for an OUTCAR', () => {
    for (const entry of corpusEntries('KPOINTS').slice(0, 40)) {
      const reader = createOutcarReader()
      reader.push(contentOf(entry))
      expect(() => reader.finish(), entry.case).toThrow(NotAnOutcarError)
    }
  })
})

function readInChunks(content: Uint8Array, size: number): Outcar {
  const reader = createOutcarReader({ keepSteps: 'all' })
  for (let at = 0; at < content.length; at += size) reader.push(content.subarray(at, at + size))
  return reader.finish()
}

function compare(agreement: Agreement, name: string, outcar: Outcar, oracle: ReturnType<typeof oracleOf>): void {
  const { text = {}, pymatgen = {}, ase = {}, agreed = {} } = oracle
  const { final, ionicSteps: steps, magnetization } = outcar
  const check = (field: string, ours: unknown, theirs: readonly unknown[], tolerance?: number): unknown => agreement.compare(name, field, ours, theirs, tolerance)
  const energies = (field: 'totenEv' | 'energyWithoutEntropyEv' | 'energySigmaToZeroEv'): unknown[] => steps.map((step) => step[field]).filter((value) => value !== undefined)

  check('lattice', final?.latticeAngstrom, [agreed['lattice']])
  check('positions', final?.positionsCartesianAngstrom, [agreed['positions']])
  check('forces', final?.forcesEvPerAngstrom, [agreed['forces']])
  check('maxForce', final?.maxForceEvPerAngstrom, [agreed['max_force_norm']])
  check('version', outcar.vaspVersion, [versionOf(text['version'])])
  check('ionCount', outcar.ionCount, [text['nions'], ase['natoms']])
  check('electronCount', outcar.settings['NELECT'], [text['nelect']])
  check('ISPIN', outcar.settings['ISPIN'], [text['ispin']])
  check('NKPTS', outcar.kpoints.count, [text['nkpts']])
  check('NBANDS', outcar.kpoints.bands, [text['nbands']])
  check('elements', outcar.species.map((species) => species.symbol), [nonEmpty(text['elements_potcar'])])
  check('ionsPerType', outcar.species.map((species) => species.count), [nonEmpty(text['ions_per_type'])])
  // The arbiter counts a force-field step as one, ASE does not know it.
  check('steps', energies('totenEv').length, [text['n_ionic_steps_free_energy']])
  check('scfSteps', steps.reduce((sum, step) => sum + step.scfSteps, 0), [text['n_electronic_iterations']])
  check('toten', energies('totenEv'), [text['toten'], ase['free_energies']])
  check('energyWithoutEntropy', energies('energyWithoutEntropyEv'), [text['energy_without_entropy']])
  check('energySigmaToZero', energies('energySigmaToZeroEv'), [text['energy_sigma0'], ase['energies_sigma0']])
  check('fermiEnergy', outcar.fermiEnergyEv, [text['efermi_last'], pymatgen['efermi'], ase['fermi']], 1e-4)
  check('totalMagnetization', magnetization?.totalVectorMuB ?? asList(magnetization?.totalMuB), [nonEmpty(text['magnetization_last'])])
  check('elapsed', outcar.timing.elapsedSeconds, [text['elapsed'], pymatgen['elapsed']])
  check('pressure', final?.pressureKbar, [text['pressure_kB_last']])
  check('drift', final?.driftEvPerAngstrom, [text['drift_last']])
  check('siteMoments', magnetization?.perIonVectorMuB ?? magnetization?.perIonMuB, [text['site_magnetization_tot'], pymatgen['site_magnetization_tot']])
  check('siteCharges', outcar.charge?.perIonElectrons, [text['site_charge_tot'], pymatgen['site_charge_tot']])
  check('ended', outcar.runState !== 'interrupted' && outcar.runState !== 'failed-at-start', [text['timing_footer']])
  checkReached(check, outcar, text)
}

function checkReached(check: (field: string, ours: unknown, theirs: readonly unknown[]) => unknown, outcar: Outcar, text: Readings): void {
  if (outcar.converged.ionic !== null) check('reached', outcar.converged.ionic, [Number(text['reached_required_accuracy']) > 0])
}

/** The oracle keeps the tag of the source: `5.4.4.18Apr17-6-g9f103f2a35`. */
function versionOf(printed: unknown): string | undefined {
  return typeof printed === 'string' ? /^\d+\.\d+\.\d+/.exec(printed)?.[0] : undefined
}

function nonEmpty(value: unknown): unknown {
  return Array.isArray(value) && value.length === 0 ? undefined : value
}

function asList(value: number | undefined): number[] | undefined {
  return value === undefined ? undefined : [value]
}
