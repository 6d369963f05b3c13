import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { folderObjects } from '../../../src/adapters/objects/folder-objects.ts'
import { acceptByHand, lookByHand, rejectByHand } from '../../../src/app/hands/adopt.ts'
import { fetchFiles, usualFiles } from '../../../src/app/hands/fetch-files.ts'
import { provenanceChain, verifyChain } from '../../../src/app/provenance/provenance-chain.ts'
import type { Store } from '../../../src/ports/store.ts'
import type { StepResult } from '../../../src/workflow/step-result.ts'
import { rehearsedProject, type RehearsedProject } from './rehearsed-project.ts'

const screen = (name: string): string => `
name: ${name}
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
kpoints: { spacing: 0.08 }
`
const [relaxId, staticId] = ['hands/pristine/relax', 'hands/pristine/static']

describe('files of a calculation, on the rehearsal site', () => {
  let project: RehearsedProject
  let store: Store
  beforeAll(async () => {
    project = await rehearsedProject()
    store = project.workspace.parts.store
    await project.save(screen('hands'))
    await project.settle('hands')
  })
  afterAll(() => project?.workspace.close())

  const objects = () => folderObjects(join(project.folder, '.dopant', 'objects'))
  const folderOf = async (id: string): Promise<string> => (await store.calculation(id))?.remoteFolder ?? ''
  const resultOf = async (id: string) => (await store.result(id))?.result as StepResult | undefined

  it('are kept: each value walks back to a copy, down to the inputs of the first relaxation', async () => {
    const chain = await provenanceChain(store, staticId)

    expect(chain.map(({ id, startsFrom }) => [id, startsFrom])).toEqual([[staticId, relaxId], [relaxId, null]])
    const [last, first] = chain
    expect(last?.values.map(({ file }) => file)).toEqual(expect.arrayContaining(['OUTCAR', 'CONTCAR', 'ACF.dat']))
    expect(last?.origin).toMatchObject({ method: 'rehearsal', templates: { 'vasp/INCAR.static.hbs': expect.stringMatching(/^[0-9a-f]{64}$/) as string } })
    const outcar = last?.values.find(({ file }) => file === 'OUTCAR')?.output
    const onSite = readFileSync(join(await folderOf(staticId), 'OUTCAR'))
    expect(outcar).toEqual({ sha256: createHash('sha256').update(onSite).digest('hex'), bytes: onSite.length, isKept: true })
    expect(Buffer.from((await objects().get(outcar?.sha256 ?? '')) ?? []).equals(onSite)).toBe(true)
    const incar = await objects().get(first?.attempt?.inputSha256?.['INCAR'] ?? '')
    expect(Buffer.from(incar ?? []).toString()).toContain('ENCUT')
    const files = await verifyChain(store, objects(), chain)
    expect(files.length).toBeGreaterThan(15)
    expect(files.every(({ answer }) => answer === 'whole')).toBe(true)
  })

  it('never include a POTCAR or an orbital', async () => {
    const attempts = await store.attemptsOfScreen('hands')
    const kept = attempts.flatMap(({ outputs }) => Object.entries(outputs ?? {}).filter(([, { isKept }]) => isKept).map(([name]) => name))

    expect(kept).toContain('OSZICAR')
    expect(kept.filter((name) => /POTCAR|WAVECAR|CHG|LOCPOT/.test(name))).toEqual([])
  })

  it('are missed when they are damaged or gone', async () => {
    const chain = await provenanceChain(store, relaxId)
    const [damaged, gone] = [await verifyChain(store, objects(), chain)].flatMap((files) => [files[0], files[1]])
    const pathOf = (sha256 = ''): string => join(project.folder, '.dopant', 'objects', sha256.slice(0, 2), `${sha256.slice(2)}.gz`)
    const before = readFileSync(pathOf(damaged?.sha256))
    writeFileSync(pathOf(damaged?.sha256), 'not what it was')
    const copy = readFileSync(pathOf(gone?.sha256))
    rmSync(pathOf(gone?.sha256))

    const answers = (await verifyChain(store, objects(), chain)).filter(({ answer }) => answer !== 'whole')

    writeFileSync(pathOf(damaged?.sha256), before)
    writeFileSync(pathOf(gone?.sha256), copy)
    expect(answers.map(({ name, answer }) => [name, answer])).toEqual([[damaged?.name, 'damaged'], [gone?.name, 'missing']])
  })

  it('come here whole and verified, but not a POTCAR and nothing outside the folder', async () => {
    const to = join(project.folder, 'fetched here')
    const { transport } = project.workspace.parts.sites.get('rehearsal')!
    const from = await folderOf(staticId)

    const { files, missing } = await fetchFiles(transport, from, [...usualFiles, 'no-such-file'], to)

    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['INCAR', 'OUTCAR', 'ACF.dat']))
    expect(missing).toContain('no-such-file')
    for (const { name } of files) expect(readFileSync(join(to, name)).equals(readFileSync(join(from, name))), name).toBe(true)
    expect(readdirSync(to).filter((name) => name.endsWith('.part'))).toEqual([])
    for (const name of ['POTCAR', 'potcar.gz', '../INCAR', '/etc/hostname', '..', '']) {
      await expect(fetchFiles(transport, from, [name], to), name).rejects.toMatchObject({ code: 'FETCH_REFUSED' })
    }
  })

  it('that were edited while the job ran stop the calculation until a person decides', async () => {
    await runOnceMore(store, staticId)
    await project.runUnwatched(staticId)
    appendFileSync(join(await folderOf(staticId), 'INCAR'), '\nNEDOS = 501\n')
    await project.settle('hands')

    const failed = await store.calculation(staticId)
    expect(failed).toMatchObject({ state: 'failed', failure: { code: 'INPUTS_EDITED' } })
    const byHand = await lookByHand(project.workspace.parts, staticId)
    expect(byHand.edits.map(({ name, what, how }) => [name, what, how])).toContainEqual(['INCAR', 'input', 'changed'])

    await acceptByHand(project.workspace.parts, byHand)
    await project.settle('hands')
    expect((await store.calculation(staticId))?.state).toBe('done')
    expect((await resultOf(staticId))?.flags.join()).toMatch(/INCAR edited by hand, adopted \d{4}-\d\d-\d\d/)
    expect((await provenanceChain(store, staticId))[0]?.attempt?.adopted?.inputSha256).toHaveProperty('INCAR')
  })

  it('that a person made anew by running VASP again are seen, and read again when adopted', async () => {
    const folder = await folderOf(relaxId)
    const outcar = readFileSync(join(folder, 'OUTCAR'), 'latin1')
    const before = await lookByHand(project.workspace.parts, relaxId)
    writeFileSync(join(folder, 'OUTCAR'), outcar.replace('rehearsal', 'rehearsal '), 'latin1')

    const after = await lookByHand(project.workspace.parts, relaxId)
    await acceptByHand(project.workspace.parts, after)
    await project.settle('hands')

    expect(before.edits).toEqual([])
    expect(after.edits.map(({ name, what, how }) => [name, what, how])).toEqual([['OUTCAR', 'output', 'changed']])
    expect((await store.calculation(relaxId))?.state).toBe('done')
    expect((await resultOf(relaxId))?.flags.join()).toContain('run again by hand')
  })

  it('are left alone when the person rejects them: the planned run gets a folder of its own', async () => {
    const old = await folderOf(relaxId)
    appendFileSync(join(old, 'KPOINTS'), 'mine\n')

    await rejectByHand(project.workspace.parts, await lookByHand(project.workspace.parts, relaxId))
    await project.settle('hands')

    const calculation = await store.calculation(relaxId)
    expect(calculation?.state).toBe('done')
    expect(calculation?.remoteFolder).not.toBe(old)
    expect(readFileSync(join(old, 'KPOINTS'), 'utf8')).toContain('mine')
    expect(existsSync(join(calculation?.remoteFolder ?? '', 'OUTCAR'))).toBe(true)
  })
})

/** Another attempt of something that is done, as after `--reject`. */
async function runOnceMore(store: Store, id: string): Promise<void> {
  const calculation = await store.calculation(id)
  if (calculation !== undefined) await store.transition(calculation, 'ready', { actor: 'test', reason: 'once more' }, { nativeId: null })
}
