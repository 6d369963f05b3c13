import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, utimesSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../../../src/app/engine/start-engine.ts'
import { acceptByHand, lookByHand, rejectByHand } from '../../../src/app/hands/adopt.ts'
import { lookForHands } from '../../../src/app/hands/look-for-hands.ts'
import { notedByHand } from '../../../src/app/hands/noted-by-hand.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { StepResult } from '../../../src/workflow/step-result.ts'
import { dopant } from '../../integration/small-screen.ts'
import { rehearsedProject, type RehearsedProject } from './rehearsed-project.ts'

const screen = `
name: rerun
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
kpoints: { spacing: 0.08 }
`
const [relaxId, staticId] = ['rerun/pristine/relax', 'rerun/pristine/static']

describe('VASP run again by hand in the folder of a calculation, on the direct site', () => {
  let project: RehearsedProject
  let store: Store
  beforeAll(async () => {
    project = await rehearsedProject()
    store = project.workspace.parts.store
    await project.save(screen)
    await project.settle('rerun')
  })
  afterAll(() => project?.workspace.close())

  const parts = () => project.workspace.parts
  const folderOf = async (id: string): Promise<string> => (await store.calculation(id))?.remoteFolder ?? ''
  const resultOf = async (id: string) => (await store.result(id))?.result as StepResult
  const attemptsOf = async (id: string) => (await store.attempts(id)).length
  const noted = () => notedByHand(store, ['rehearsal'])

  it('is not suspected where nobody did anything, or only looked and touched', async () => {
    const now = new Date()
    utimesSync(join(await folderOf(staticId), 'OUTCAR'), now, now)

    expect(await lookForHands(parts(), 'rehearsal')).toEqual([])
    expect(await noted()).toEqual([])
  })

  it('after the result was read is found by the engine, told by status and show, and changes nothing by itself', async () => {
    const before = await resultOf(relaxId)
    runVaspIn(await folderOf(relaxId))
    const engine = await startEngine(parts())
    while ((await noted()).length === 0) await wait(20)
    await engine.stop()

    expect(await noted()).toEqual([{ calculationId: relaxId, attempt: 1, names: ['OUTCAR'] }])
    expect(await resultOf(relaxId)).toEqual(before)
    expect((await store.calculation(relaxId))?.state).toBe('done')
    const told = async (...args: readonly string[]) => (await dopant([...args, '--project', project.folder], { XDG_CONFIG_HOME: project.folder }).finished).stdout
    const [status, show, adopt] = await Promise.all([told('status'), told('show', relaxId), told('adopt', relaxId)])
    const words = `OUTCAR changed by hand: dopant adopt ${relaxId}`
    expect(status).toContain(words)
    expect(show).toContain(words)
    expect(adopt).toContain(`With --accept these run again, which started from it: ${staticId}`)
  })

  it('is read anew when the person takes it, and what had started from it runs again', async () => {
    const byHand = await lookByHand(parts(), relaxId)
    expect(byHand.startedFromIt.map(({ id }) => id)).toEqual([staticId])

    expect(await acceptByHand(parts(), byHand)).toEqual([staticId])
    expect(await noted()).toEqual([])
    await project.settle('rerun')

    expect((await store.summaries({ screenName: 'rerun' })).map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await resultOf(relaxId)).flags.join()).toContain('run again by hand')
    expect([await attemptsOf(relaxId), await attemptsOf(staticId)]).toEqual([1, 2])
    expect(await lookForHands(parts(), 'rehearsal')).toEqual([])
  })

  it('before the result was read stops the calculation until a person decides, with the same inputs', async () => {
    await anotherAttempt(store, staticId)
    await project.runUnwatched(staticId)
    const folder = await folderOf(staticId)
    while (!existsSync(join(folder, 'dopant-sums'))) await wait(20)
    runVaspIn(folder)
    const left = readFileSync(join(folder, 'OUTCAR'))
    await project.settle('rerun')

    expect(await store.calculation(staticId)).toMatchObject({ state: 'failed', failure: { code: 'RERUN_BY_HAND', message: expect.stringContaining('OUTCAR') as string } })
    expect(readFileSync(join(folder, 'OUTCAR')).equals(left)).toBe(true)
    await acceptByHand(parts(), await lookByHand(parts(), staticId))
    await project.settle('rerun')
    expect((await store.calculation(staticId))?.state).toBe('done')
    expect((await resultOf(staticId)).flags.join()).toMatch(/run again by hand, adopted \d{4}-\d\d-\d\d/)
  })

  it('with other inputs is told as both, and a person who rejects it gets the planned run in a folder of its own', async () => {
    const folder = await folderOf(staticId)
    appendFileSync(join(folder, 'INCAR'), '\nNEDOS = 501\n')
    runVaspIn(folder)

    expect(await lookForHands(parts(), 'rehearsal')).toEqual([{ calculationId: staticId, attempt: 3, names: ['INCAR', 'OUTCAR'] }])
    await rejectByHand(parts(), await lookByHand(parts(), staticId))
    await project.settle('rerun')

    expect(await noted()).toEqual([])
    expect(await store.calculation(staticId)).toMatchObject({ state: 'done', attempt: 4 })
    expect((await resultOf(staticId)).flags.join()).not.toContain('by hand')
    expect(readFileSync(join(folder, 'INCAR'), 'utf8')).toContain('NEDOS = 501')
  })
})

/** What a person types in the folder: the program, without the job around it. */
function runVaspIn(folder: string): void {
  const [, command = 'false'] = /exec (.+) >"\$home\/vasp\.out"/.exec(readFileSync(join(folder, 'job.sh'), 'utf8')) ?? []
  execFileSync('sh', ['-c', `${command} >by-hand.out 2>&1`], { cwd: folder, env: { ...process.env, DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4' } })
}

async function anotherAttempt(store: Store, id: string): Promise<void> {
  const calculation = await store.calculation(id)
  if (calculation !== undefined) await store.transition(calculation, 'ready', { actor: 'test', reason: 'once more' }, { nativeId: null })
}
