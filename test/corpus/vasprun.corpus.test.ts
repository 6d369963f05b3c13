import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../src/base/known-error.ts'
import { readVasprun } from '../../src/vasp/output/vasprun/read-vasprun.ts'
import type { VasprunFile } from '../../src/vasp/output/vasprun/vasprun-file.ts'
import { Agreement, type Difference } from './agreement.ts'
import { contentOf, corpusEntries, hasCorpus, oracleOf, type Oracle, whySkipped } from './corpus-cases.ts'

/** Each settled by looking at the file. */
const recorded: readonly Difference[] = [
  {
    case: 'vaspinteractive-broken_output-step-0',
    field: 'lattice',
    reason:
      'the file ends within the positions of the first structure; the others take the primitive cell printed before',
  },
  { case: 'vaspinteractive-broken_output-step-0', field: 'positions', reason: 'the same' },
  {
    case: 'aiidavasp-neb',
    field: 'electronic steps',
    reason: 'several images wrote into one file at once; steps outside any calculation are not counted here',
  },
  { case: 'aiidavasp-neb', field: 'free energies', reason: 'the same' },
  { case: 'aiidavasp-neb', field: 'energies without entropy', reason: 'the same' },
  { case: 'aiidavasp-neb', field: 'energies at zero smearing', reason: 'the same' },
  {
    case: 'aiidavasp-test_relax_wc',
    field: 'ionic convergence',
    reason:
      'one step of NSW = 1 with 0.35 eV/Å against EDIFFG = -1E-4: not converged; the other reader takes NSW = 1 for converged',
  },
]

describe.skipIf(!hasCorpus)(`vasprun.xml of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('say what others read', { timeout: 300_000 }, async () => {
    const agreement = new Agreement(recorded)
    const files = corpusEntries('vasprun')
    for (const entry of files) {
      const oracle = oracleOf(entry)
      const file = await readOrRefuse(contentOf(entry))
      if (file === undefined) expect(oracle.text?.['version'], `${entry.case} holds no run`).toBeNull()
      else compareAll(agreement, entry.case, file, oracle)
    }

    console.log(agreement.table(`vasprun.xml, ${files.length} files`))
    expect(agreement.unexplained).toEqual([])
    expect(agreement.outdated).toEqual([])
  })
})

async function readOrRefuse(bytes: Buffer): Promise<VasprunFile | undefined> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65536) }, (_, i) =>
    bytes.subarray(i * 65536, (i + 1) * 65536),
  )
  try {
    return await readVasprun(pieces)
  } catch (error) {
    if (isKnownError(error)) return undefined
    throw error
  }
}

function compareAll(
  agreement: Agreement,
  name: string,
  file: VasprunFile,
  { text, pymatgen, ase, agreed }: Oracle,
): void {
  const check = (field: string, ours: unknown, theirs: readonly unknown[], tolerance?: number) =>
    agreement.compare(name, field, ours, theirs, tolerance)
  const withEnergy = file.ionicSteps.filter((step) => step.totenEv !== undefined)
  check('closed', file.isComplete, [text?.['complete']])
  check('ionic steps', file.ionicSteps.length, [text?.['n_calculation'], ase?.['n_images']])
  check(
    'electronic steps',
    file.ionicSteps.reduce((sum, step) => sum + step.scfSteps, 0),
    [text?.['n_scstep']],
  )
  check(
    'free energies',
    withEnergy.map((step) => step.totenEv),
    [text?.['e_fr_energy']],
  )
  check(
    'energies without entropy',
    withEnergy.map((step) => step.energyWithoutEntropyEv),
    [text?.['e_wo_entrp']],
  )
  check(
    'energies at zero smearing',
    withEnergy.map((step) => step.energySigmaToZeroEv),
    [text?.['energy_sigma0']],
  )
  check('Fermi energy', file.fermiEnergyEv, [text?.['efermi'], ase?.['efermi']])
  check('lattice', file.finalStructure?.latticeAngstrom, [agreed?.['lattice']])
  check('positions', file.finalStructure?.positionsFractional, [agreed?.['frac']])
  check('lattice of the last step', file.final?.latticeAngstrom, [lastOf(agreed, 'lattice')])
  check('positions of the last step', file.final?.positionsFractional, [lastOf(agreed, 'frac')])
  check('forces', file.final?.forcesEvPerAngstrom, [agreed?.['forces']])
  check('electrons', file.electronCount, [pymatgen?.['nelect']])
  check('elements', file.elements, [pymatgen?.['atomic_symbols']])
  check(
    'potentials',
    file.species.map((species) => species.titel),
    [pymatgen?.['potcar_symbols']],
  )
  check('k-points', file.kpoints.points.length, [pymatgen?.['n_actual_kpoints']])
  check('stress', stressLikeAse(file), [ase?.['stress']], 2e-4)
  // Null where the file cannot tell: the other reader guesses from the number of steps.
  if (file.converged.electronic !== null)
    check('electronic convergence', file.converged.electronic, [pymatgen?.['converged_electronic']])
  if (file.converged.ionic !== null)
    check('ionic convergence', file.converged.ionic, [pymatgen?.['converged_ionic']])
}

function lastOf(agreed: Oracle['agreed'], field: string): unknown {
  const own = agreed?.[`${field}_last_calculation`]
  return own === 'same' ? agreed?.[field] : own
}

/** eV/Å³, tension positive, xx yy zz yz xz xy. */
function stressLikeAse(file: VasprunFile): readonly number[] | undefined {
  const stress = file.final?.stressKbar
  if (stress === undefined) return undefined
  const [x, y, z] = stress
  return [x[0], y[1], z[2], y[2], x[2], x[1]].map((kbar) => -kbar * 6.241509e-4)
}
