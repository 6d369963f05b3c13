import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkAfterRun } from '../../src/recovery/after-run.ts'
import { chooseContinuation } from '../../src/recovery/continuation.ts'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { finalStructure } from '../../src/recovery/final-structure.ts'
import { proposeCorrection } from '../../src/recovery/propose.ts'
import type { PlannedRun, RunEvidence } from '../../src/recovery/run-evidence.ts'
import { readOszicar } from '../../src/vasp/output/oszicar.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import { writeIncar } from '../../src/vasp/input/incar.ts'
import { writePotcarSpec } from '../../src/vasp/input/potcar-spec.ts'
import { prepareRelax } from '../../src/workflow/steps/relax.ts'
import { defaultRelaxSettings } from '../../src/workflow/steps/step-kind.ts'
import { haveStructures, rattled, referenceStructure, runFolder, runProgram } from '../rehearsal/fixtures.ts'

/** A relaxation of the (010) slab as the plan writes it, run by the rehearsal in a folder. */
async function rehearsed(
  wish?: string,
): Promise<{ evidence: RunEvidence; planned: PlannedRun; folder: string }> {
  const start = rattled(referenceStructure('n2_1x1'), 'recovery', 0.03)
  const sites = start.sites.map((site) => ({ ...site, magneticMomentMuB: site.element === 'Mn' ? 4 : 0 }))
  const input = prepareRelax(defaultRelaxSettings, { ...start, sites })
  const folder = runFolder(input.structure, writeIncar(input.incar), writePotcarSpec(input.potcars))
  writeFileSync(join(folder, 'KPOINTS'), `mesh\n0\nGamma\n${input.kMesh.mesh.join(' ')}\n0 0 0\n`)
  const { stdout, stderr, status } = await runProgram(
    folder,
    wish === undefined ? {} : { DOPANT_REHEARSAL_FAIL: wish },
  )
  const { incar, structure, functional, potcars } = input
  const planned: PlannedRun = { incar, structure, kMesh: input.kMesh.mesh, functional, potcars, isSlab: true }
  const bytes = (name: string): Buffer | undefined =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined
  const [outcar, oszicar] = [bytes('OUTCAR'), bytes('OSZICAR')]
  const evidence: RunEvidence = {
    stdout,
    stderr,
    planned,
    jobEnd: { code: status, cause: 'exit' },
    ...(outcar === undefined || outcar.length === 0 ? {} : { outcar: await readOutcar([outcar]) }),
    ...(oszicar === undefined ? {} : { oszicar: await readOszicar([oszicar]) }),
  }
  return { evidence, planned, folder }
}

describe.skipIf(!haveStructures())('a slab relaxed by the rehearsal as planned', () => {
  it('has no diagnosis and no flag when it goes well', async () => {
    const { evidence, planned } = await rehearsed()
    const outcar = evidence.outcar!

    expect(diagnose(evidence)).toEqual([])
    expect(checkAfterRun({ planned, outcar, final: finalStructure(planned.structure, outcar)! })).toEqual([])
  })

  it.each([
    ['walltime', 'walltime', 'start'],
    ['out-of-memory', 'out_of_memory', 'layout'],
    ['segfault', 'segfault', 'start'],
    ['killed-mid-step', 'process_killed', 'start'],
    ['disk-full', 'disk_full', 'person'],
    ['missing-potcar', 'potcar_missing', 'person'],
    ['scf-not-converged', 'nonconverging', 'set'],
    ['message:zbrent', 'zbrent', 'set'],
    ['message:edddav', 'edddav', 'remove'],
    ['message:posmap', 'posmap', 'set'],
    ['message:tet', 'tet', 'person'],
  ])('that fails by %s is told as %s and answered by %s', async (wish, name, answer) => {
    const { evidence } = await rehearsed(wish)
    const found = diagnose(evidence)
    const proposal = proposeCorrection(found, [])

    expect(found.map(({ symptom }) => symptom)).toEqual([name])
    expect(proposal.kind === 'correct' ? proposal.correction.changes[0]?.kind : proposal.kind).toBe(answer)
  })

  it.each(['message:eddrmm', 'message:brions', 'message:subspacematrix', 'message:dentet'])(
    'is left alone after a warning that VASP survives: %s',
    async (wish) => {
      const { evidence } = await rehearsed(wish)

      expect(evidence.outcar?.runState).toBe('finished')
      expect(diagnose(evidence)).toEqual([])
    },
  )

  it('goes on from its CONTCAR after the time limit', async () => {
    const { evidence, planned, folder } = await rehearsed('walltime@6')
    const next = chooseContinuation({
      sent: planned.structure,
      contcarText: readFileSync(join(folder, 'CONTCAR'), 'utf8'),
      outcar: evidence.outcar!,
      plannedSteps: 200,
    })

    expect(next.geometry).toBe('contcar')
    expect(next.remainingSteps).toBe(195)
  })
})
