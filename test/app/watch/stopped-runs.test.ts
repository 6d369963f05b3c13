import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { explainCalculation } from '../../../src/app/watch/explain-calculation.ts'
import type { RunProgress } from '../../../src/app/watch/run-progress.ts'
import type { AttemptRecord } from '../../../src/ports/attempt.ts'
import type { Store } from '../../../src/ports/store.ts'
import { rehearsedProject, type RehearsedProject } from '../engine/rehearsed-project.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const screen = `name: led
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants: { elements: [Al, Ti], sites: [{ replace: Mn, wyckoff: 4g }] }
method: { incar: { relax: { EDIFFG: -0.6 } } } # a few steps are enough
steps: [{ kind: relax }]
site: here
`

/** Ionic steps of a third of a second; a run has three seconds to obey. */
function siteHere(folder: string): string {
  const bin = (name: string): string => resolve('bin', name)
  return stringify({
    here: {
      ...{ transport: { kind: 'local' }, scheduler: 'direct', workFolder: join(folder, 'work'), maxJobs: 3 },
      ...{ pollSeconds: 1, graceSeconds: 3, silenceSeconds: 120, stopSeconds: 3 },
      vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
      environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4', DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.3', DOPANT_REHEARSAL_FAIL_PLAN: join(folder, 'faults') },
    },
  })
}

describe('a run that leads nowhere', () => {
  let project: RehearsedProject
  let store: Store
  beforeAll(async () => {
    const folder = temporaryFolder()
    const faults = ['pristine/relax/attempt-1 scf-not-converged', 'Al-on-Mn/relax/attempt-1 stopcar-ignored', 'Ti-on-Mn/relax/attempt-1 diverging@2']
    writeFileSync(join(folder, 'faults'), faults.map((line) => `led/${line}\n`).join(''))
    project = await rehearsedProject(siteHere(folder))
    store = project.workspace.parts.store
    await project.save(screen)
    await project.settle('led')
  }, 400_000)
  afterAll(() => project?.workspace.close())

  const attemptsOf = (candidate: string) => store.attempts(`led/${candidate}/relax`)
  const left = ({ remoteFolder }: AttemptRecord, file: string): string | undefined => {
    const path = join(remoteFolder ?? '', file)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
  }

  it('is stopped by a STOPCAR when its electrons do not converge, and goes on with the ladder of that symptom', async () => {
    const [first, second] = await attemptsOf('pristine')

    expect(left(first!, 'dopant-stop-order')).toBe('LABORT\n')
    expect(left(first!, 'OUTCAR')).toContain('hard stop encountered')
    expect(first?.exitCause).toBe('ordered-stop')
    expect(first?.diagnoses[0]).toMatchObject({ symptom: 'nonconverging', says: expect.stringMatching(/^the last \d+ ionic steps used up NELM; it was told to stop by STOPCAR$/) as string })
    expect(second?.corrections.map(({ symptom }) => symptom)).toEqual(['nonconverging'])
    expect((await store.calculation('led/pristine/relax'))?.state).toBe('done')
  })

  it('is stopped when its energy turns positive', async () => {
    const [first, second] = await attemptsOf('Ti-on-Mn')

    expect(left(first!, 'OUTCAR')).toContain('hard stop encountered')
    expect(first?.diagnoses[0]).toMatchObject({ symptom: 'positive_energy', says: expect.stringMatching(/^E0 = \d+\.\d+ eV; it was told to stop by STOPCAR$/) as string })
    // Nothing of a run that went astray is a start.
    expect(first?.decision?.start?.geometry).toBe('same')
    expect(second?.corrections.map(({ symptom }) => symptom)).toEqual(['positive_energy'])
    expect((await store.calculation('led/Ti-on-Mn/relax'))?.state).toBe('done')
  })

  it('is cancelled when it does not obey, with both reasons told', async () => {
    const [first] = await attemptsOf('Al-on-Mn')
    const why = await explainCalculation(store, 'led/Al-on-Mn/relax')

    expect(left(first!, 'STOPCAR')).toBe('LABORT = .TRUE.\n')
    expect(left(first!, 'OUTCAR')).not.toContain('stop encountered')
    expect(first?.exitCause).not.toBe('ordered-stop')
    expect(first?.diagnoses.map(({ symptom }) => symptom)).toEqual(['nonconverging'])
    expect(why.attempts[0]?.found.join(' ')).toContain('used up NELM; it was told to stop by STOPCAR, did not obey, and was cancelled')
    expect(why.state).toBe('done')
  })

  it('leaves a healthy run alone: those after it end by themselves', async () => {
    for (const candidate of ['pristine', 'Al-on-Mn', 'Ti-on-Mn']) {
      const last = (await attemptsOf(candidate)).at(-1)!
      const progress = (await store.progress('led')).find((each) => each.calculationId === last.calculationId && each.attempt === last.attempt)
      expect(last.decision?.kind).toBe('accept')
      expect((progress?.progress as RunProgress | undefined)?.stop ?? null).toBeNull()
    }
  })
})
