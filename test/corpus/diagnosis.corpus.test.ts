import { describe, expect, it } from 'vitest'
import { diagnose, type Diagnosis } from '../../src/recovery/diagnose.ts'
import type { PlannedRun, RunEvidence } from '../../src/recovery/run-evidence.ts'
import { readPoscar } from '../../src/structure/poscar.ts'
import { readIncar } from '../../src/vasp/input/incar.ts'
import { readKpoints } from '../../src/vasp/input/kpoints.ts'
import { readOszicar } from '../../src/vasp/output/oszicar.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import { contentOf, corpusEntries, hasCorpus, whySkipped, type CorpusEntry } from './corpus-cases.ts'

/** What sources call otherwise; undefined with a reason is outside of what these files can tell. */
const ourNames: Readonly<Record<string, string>> = {
  'stopped (soft stop)': 'stopped',
  'state: stopped': 'stopped',
  'state: killed': 'interrupted',
  '700 did not finish': 'interrupted',
  '701 electronic not converged': 'nelm',
  '702 ionic not converged': 'nsw_used_up',
  '703 VASP critical error in stdout': 'brmix',
  'mesh_symmetry (only when vasprun.xml is not converged)': 'mesh_symmetry',
  tetrahedron_mesh: 'ksymm',
  // AiiDA's name for any message of the subroutine IBZKPT; here it is that of the tetrahedra.
  ibzkpt: 'tet',
  'Non-converging job': 'nonconverging',
  'Positive energy': 'positive_energy',
}

/** Expected by the source, and not found: why. */
const explainedMisses: Readonly<Record<string, string>> = {
  'simmate-error_handlers-nonconverging nonconverging':
    'all five loops take NELM = 6 steps and end below EDIFF: they converged exactly at NELM',
  'custodian-npt_bad_vasp NPT-AIMD by an incorrectly compiled VASP (VaspNpTMDValidator fails)':
    'a question to the build of VASP about dynamics at constant pressure, which no screen runs',
  'aiidavasp-stdout nostart': 'a word that the source made up for its own test',
}

/** Found, and not named by the source: true all the same. */
const explainedExtras: Readonly<Record<string, string>> = {
  'pmgcore-stopped nelm': 'the loop in which it was stopped had used up NELM = 100',
  'custodian-auto_nbands_parallel interrupted': 'the OUTCAR is cut off; the message is no reason for that',
  'custodian-aliasing stopped': 'the log has the soft stop; the source looks at the warning only',
  'pmgdb-db_test-stopped_mp_aflow-relax1 nelm': 'NELM = 100 was used up before the stop',
}

/** Healthy runs with a diagnosis: why it is right. */
const explainedHealthy: Readonly<Record<string, string>> = {
  'pmgcore-fe_monomer positive_energy': 'an Fe atom in a tiny cell: +711 eV is no energy to use',
  // The inputs that lie beside these outputs are of other runs, and that is what is told.
  'custodian-drift species_order': 'OUTCAR of Li28P12S44 beside a POSCAR of Si2',
  'custodian-drift wrong_cutoff': 'OUTCAR with 280 eV beside an INCAR with 520 eV',
  'custodian-drift wrong_mesh': 'OUTCAR with one k-point beside 7×7×7',
  'atomate1-adsorbate_wf-1 species_order': 'OUTCAR of Ir4 beside a POSCAR of Ir2',
  'atomate1-adsorbate_wf-1 wrong_mesh': 'OUTCAR with 13 points along a beside 18×18×13',
  'vaspy-testdata wrong_mesh': 'OUTCAR with 3 irreducible points of 9 beside 6×6×1',
}

interface Case {
  readonly name: string
  readonly entries: readonly CorpusEntry[]
  readonly evidence: RunEvidence
}

async function readCase(name: string, entries: readonly CorpusEntry[]): Promise<Case> {
  const text = (filter: (entry: CorpusEntry) => boolean): string =>
    entries
      .filter(filter)
      .map((entry) => contentOf(entry).toString('latin1'))
      .join('\n')
  const isError = ({ name: file }: CorpusEntry): boolean => /err/.test(file)
  const outcar = entries.find(({ kind }) => kind === 'OUTCAR')
  const oszicar = entries.find(({ kind }) => kind === 'OSZICAR')
  const planned = planOf(entries)
  return {
    name,
    entries,
    evidence: {
      stdout: text((entry) => entry.kind === 'STDOUT' && !isError(entry)),
      stderr: text((entry) => entry.kind === 'STDOUT' && isError(entry)),
      ...(outcar === undefined ? {} : { outcar: await readOutcar([contentOf(outcar)]) }),
      ...(oszicar === undefined ? {} : { oszicar: await readOszicar([contentOf(oszicar)]) }),
      ...(planned === undefined ? {} : { planned }),
    },
  }
}

/** The inputs that lie beside a run are its plan. */
function planOf(entries: readonly CorpusEntry[]): PlannedRun | undefined {
  const text = (kind: string): string | undefined => {
    const entry = entries.find(
      (candidate) =>
        candidate.kind === kind && !candidate.notes.includes('from a directory of unrelated files'),
    )
    return entry === undefined ? undefined : contentOf(entry).toString('latin1')
  }
  const [incar, kpoints, poscar] = ['INCAR', 'KPOINTS', 'POSCAR'].map(text)
  if (incar === undefined) return undefined
  const tags = readIncar(incar).incar
  // KSPACING says that there is no planned mesh to compare with.
  const alone: PlannedRun = {
    incar: { ...tags, KSPACING: tags['KSPACING'] ?? 0.2 },
    structure: nothing,
    kMesh: [1, 1, 1],
    functional: '',
    potcars: [],
    isSlab: false,
  }
  if (kpoints === undefined || poscar === undefined) return alone
  const mesh = readKpoints(kpoints)
  const isOurs = mesh.kind === 'mesh' && mesh.centre === 'gamma' && mesh.shift.every((x) => x === 0)
  return isOurs && hasElements(poscar)
    ? { ...alone, incar: tags, structure: readPoscar(poscar).structure, kMesh: mesh.mesh }
    : alone
}

/** VASP 4 files name no elements. */
function hasElements(poscar: string): boolean {
  return /[A-Z]/i.test(poscar.split('\n')[5] ?? '')
}

const nothing: PlannedRun['structure'] = {
  comment: '',
  lattice: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  sites: [],
}

function casesWith(kinds: readonly string[]): Map<string, CorpusEntry[]> {
  const cases = new Map<string, CorpusEntry[]>()
  for (const kind of kinds)
    for (const entry of corpusEntries(kind)) cases.set(entry.case, [...(cases.get(entry.case) ?? []), entry])
  return cases
}

const readable = ['OUTCAR', 'STDOUT', 'OSZICAR']

describe.skipIf(!hasCorpus)(`diagnosis of real runs${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  const all = casesWith([...readable, 'INCAR', 'KPOINTS', 'POSCAR', 'vasprun'])
  const failed = [...all].filter(([, entries]) =>
    entries.some(({ expected_errors }) => expected_errors !== undefined),
  )

  it('finds what the sources of failed runs expect, and nothing else without a reason', async () => {
    const table: string[] = []
    const differences: string[] = []
    const tally = { hits: 0, misses: 0, extras: 0 }
    for (const [name, entries] of failed) {
      if (!entries.some(({ kind }) => readable.includes(kind))) {
        table.push(`- ${name}: only a vasprun.xml, which is no evidence here`)
        continue
      }
      const expected = [...new Set(entries.flatMap(({ expected_errors }) => expected_errors ?? []))]
      const found = diagnose((await readCase(name, entries)).evidence).map(({ symptom }) => symptom)
      const wanted = expected.map((word) => ourNames[word] ?? word)
      const misses = expected
        .filter((word) => !found.includes(ourNames[word] ?? word))
        .map((word) => `${name} ${word}`)
      const extras = found
        .filter((symptom) => !wanted.includes(symptom))
        .map((symptom) => `${name} ${symptom}`)
      tally.hits += expected.length - misses.length
      tally.misses += misses.length
      tally.extras += extras.length
      table.push(
        `${misses.length + extras.length === 0 ? '=' : '≠'} ${name}: expected ${expected.join(', ') || 'nothing'}; found ${found.join(', ') || 'nothing'}`,
      )
      differences.push(
        ...misses.map((key) => `missed ${key}: ${explainedMisses[key] ?? '?'}`),
        ...extras.map((key) => `extra ${key}: ${explainedExtras[key] ?? '?'}`),
      )
    }

    const { hits, misses, extras } = tally
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
    console.log(
      [
        ...table,
        `precision ${percent(hits / (hits + extras))}, recall ${percent(hits / (hits + misses))} (${hits} found, ${misses} missed, ${extras} extra)`,
        ...differences,
      ].join('\n'),
    )
    expect(differences.filter((line) => line.endsWith(': ?'))).toEqual([])
    expect(differences).toHaveLength(
      Object.keys(explainedMisses).length + Object.keys(explainedExtras).length,
    )
  })

  it('diagnoses nothing in healthy runs, which may have labels', async () => {
    const labels: string[] = []
    const wrong: string[] = []
    const count = { runs: 0, planned: 0 }
    for (const [name, entries] of all) {
      if (
        !entries.some(({ kind }) => readable.includes(kind)) ||
        entries.some(({ expected_errors }) => (expected_errors ?? []).length > 0)
      )
        continue
      const { evidence } = await readCase(name, entries).catch((): Partial<Case> => ({}))
      if (evidence === undefined || !isHealthy(evidence)) continue
      count.runs++
      if (evidence.planned !== undefined) count.planned++
      for (const diagnosis of diagnose(evidence))
        (diagnosis.weight === 'label' ? labels : wrong).push(`${name} ${words(diagnosis)}`)
    }

    console.log(
      `${count.runs} healthy runs, ${count.planned} of them beside their own inputs: ${wrong.length} diagnosed (${wrong.join('; ')}), ${labels.length} labelled:\n${labels.join('\n')}`,
    )
    expect(wrong.map((line) => line.split(':')[0]).filter((key) => !(key! in explainedHealthy))).toEqual([])
    expect(wrong).toHaveLength(Object.keys(explainedHealthy).length)
    expect(count.runs).toBeGreaterThan(240)
  })

  it('labels the smearing of runs whose entropy is over 1 meV per atom, and of no others', async () => {
    for (const [name, entries] of casesWith(['OUTCAR'])) {
      const { evidence } = await readCase(name, entries)
      const { outcar } = evidence
      const entropyEv = Math.abs((outcar?.final?.totenEv ?? 0) - (outcar?.final?.energyWithoutEntropyEv ?? 0))
      const isLarge = entropyEv / (outcar?.ionCount ?? 1) > 1e-3 && Number(outcar?.settings['ISMEAR']) >= 0
      const isLabelled = diagnose(evidence).some(({ symptom }) => symptom === 'large_sigma')

      expect(isLabelled, name).toBe(isLarge)
    }
  })
})

/** By its own files: an OUTCAR that came to its end, or a log that did. */
function isHealthy({ outcar, stdout }: RunEvidence): boolean {
  if (outcar !== undefined) return outcar.runState === 'finished'
  return stdout.includes('writing wavefunctions') && !stdout.includes('stop encountered')
}

function words({ symptom, evidence }: Diagnosis): string {
  return `${symptom}: ${evidence.says}`
}
