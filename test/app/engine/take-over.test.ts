import { cpSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { cancel } from '../../../src/app/engine/cancel.ts'
import { takeOver } from '../../../src/app/engine/take-over.ts'
import { attemptsBelow } from '../../soak/executions.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { addReady, openEngine, relaxations, type EngineBed, type EngineBedOptions } from './engine-bed.ts'

/** A store with two calculations that are ready; made once, because making a database takes longer than all the rest. */
const template = await readyStore()

async function readyStore(): Promise<string> {
  const folder = temporaryFolder()
  const bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder: join(folder, 'work'), home: join(folder, 'home') })
  await addReady(bed, await relaxations(2))
  await bed.close()
  return join(folder, 'project')
}

describe('a store that is older than the site', () => {
  let bed: string
  const open = (name = 'project', home = 'home', more: Partial<EngineBedOptions> = {}): Promise<EngineBed> =>
    openEngine({ stateFolder: join(bed, name), workFolder: join(bed, 'work'), home: join(bed, home), ...more })
  const copy = (from: string, to: string): void => {
    rmSync(join(bed, to), { recursive: true, force: true })
    cpSync(join(bed, from), join(bed, to), { recursive: true })
  }
  beforeEach(() => {
    bed = temporaryFolder()
    cpSync(template, join(bed, 'project'), { recursive: true })
  })

  it('changes nothing until a person takes over, and then adopts what was run instead of running it again', async () => {
    copy('project', 'backup')
    const later = await open()
    await later.submitAll()
    await later.pollUntil(['ended', 'ended'])
    await later.close()

    copy('backup', 'project')
    const restored = await open()
    const errors = await restored.submitAll()
    expect(errors).toEqual(new Array(2).fill(expect.objectContaining({ code: 'SITE_OWNED_ELSEWHERE' })))
    expect(String(errors[0])).toContain('this store is older than what was done on cluster')
    expect(await restored.states()).toEqual(['ready', 'ready'])

    await takeOver(restored.parts, ['cluster'])
    expect(await restored.submitAll()).toEqual([])
    expect(await restored.states()).toEqual(['submit-unknown', 'submit-unknown'])
    expect(restored.said[0]).toContain('attempt 1 is on cluster already')
    await restored.pollUntil(['ended', 'ended'])
    expect((await restored.parts.store.calculation('run-0'))?.attempt).toBe(1)
    await restored.close()
    expect(attemptsBelow(join(bed, 'work')).map(({ executions }) => executions)).toEqual([1, 1])
  })

  it('of the same tenure adopts too, whatever attempt the site has come to', async () => {
    const first = await open()
    await first.submitAll()
    await first.pollUntil(['ended', 'ended'])
    await first.close()
    copy('project', 'backup')
    const later = await open()
    for (const one of await later.parts.store.summaries()) await later.parts.store.transition(one, 'ready', { actor: 'test', reason: 'again' })
    await later.submitAll()
    await later.pollUntil(['ended', 'ended'])
    await later.close()

    copy('backup', 'project')
    const restored = await open()
    await takeOver(restored.parts, ['cluster'])
    for (const one of await restored.parts.store.summaries()) await restored.parts.store.transition(one, 'ready', { actor: 'test', reason: 'again' })
    await restored.submitAll()
    await restored.pollUntil(['ended', 'ended'])

    expect((await restored.parts.store.summaries()).map(({ attempt }) => attempt)).toEqual([2, 2])
    await restored.close()
    expect(attemptsBelow(join(bed, 'work')).map(({ executions }) => executions)).toEqual([1, 1, 1, 1])
  })

  it('passes over an attempt that was closed, and begins the one after it', async () => {
    copy('project', 'backup')
    const later = await open()
    await later.submitAll()
    const { remoteFolder } = (await later.parts.store.calculation('run-0')) ?? {}
    await later.pollUntil(['ended', 'ended'])
    await later.close()
    rmSync(join(remoteFolder ?? '', 'dopant-claim'))
    symlinkSync('revoked', join(remoteFolder ?? '', 'dopant-claim'))

    copy('backup', 'project')
    const restored = await open()
    await takeOver(restored.parts, ['cluster'])
    await restored.submitAll()
    await restored.pollUntil(['ended', 'ended'])

    expect((await restored.parts.store.calculation('run-0'))?.attempt).toBe(2)
    expect((await restored.parts.store.calculation('run-1'))?.attempt).toBe(1)
    await restored.close()
  })

  it('on a second laptop drives nothing; taken over, it makes the first one stop kindly at its next step', async () => {
    const first = await open()
    await first.submitAll()
    await first.pollUntil(['ended', 'ended'])
    await first.close()
    copy('project', 'laptop')
    const again = await open()
    const second = await open('laptop', 'another-home')
    for (const one of [again, second]) {
      for (const each of await one.parts.store.summaries()) await one.parts.store.transition(each, 'ready', { actor: 'test', reason: 'again' })
    }
    expect(await second.submitAll()).toEqual(new Array(2).fill(expect.objectContaining({ code: 'SITE_OWNED_ELSEWHERE' })))

    await takeOver(second.parts, ['cluster'])
    const refused = await again.submitAll()
    await second.submitAll()
    await second.pollUntil(['ended', 'ended'])

    expect(refused).toEqual(
      new Array(2).fill(expect.objectContaining({ code: 'SITE_OWNED_ELSEWHERE', remedy: expect.stringContaining('dopant take-over --site cluster') })),
    )
    expect(await again.states()).toEqual(['ready', 'ready'])
    await Promise.all([again.close(), second.close()])
    expect(attemptsBelow(join(bed, 'work')).map(({ executions }) => executions)).toEqual([1, 1, 1, 1])
  })

  it('that lost its site cancels nothing there: no job is asked to end, and nothing is shown as ending', async () => {
    const patient = ['-c', 'sleep 2; echo run >>executions']
    const first = await open('project', 'home', { program: patient })
    await first.submitAll()
    copy('project', 'laptop')
    rmSync(join(bed, 'laptop', 'owner.json'), { force: true })
    const second = await open('laptop', 'another-home')
    await expect(cancel(second.parts, ['run-0'])).rejects.toMatchObject({ code: 'SITE_OWNED_ELSEWHERE' })
    await takeOver(second.parts, ['cluster'])

    await expect(cancel(first.parts, ['run-0', 'run-1'])).rejects.toMatchObject({
      code: 'SITE_OWNED_ELSEWHERE',
      remedy: expect.stringContaining('dopant take-over --site cluster'),
    })
    expect(await first.states()).toEqual(['queued', 'queued'])
    expect(await second.states()).toEqual(['queued', 'queued'])
    await second.pollUntil(['ended', 'ended'])

    await takeOver(first.parts, ['cluster'])
    expect(await cancel(first.parts, ['run-0'])).toMatchObject({ cancelling: ['run-0'] })
    await Promise.all([first.close(), second.close()])
    expect(attemptsBelow(join(bed, 'work')).map(({ executions }) => executions)).toEqual([1, 1])
  })

  it('is told apart from the store of another project that uses the same work folder and names', async () => {
    copy('project', 'other-project')
    const [one, other] = [await open(), await open('other-project', 'home', { projectId: '0123456789abcdef' })]

    for (const each of [one, other]) expect(await each.submitAll()).toEqual([])
    for (const each of [one, other]) await each.pollUntil(['ended', 'ended'])

    await Promise.all([one.close(), other.close()])
    expect(attemptsBelow(join(bed, 'work'))).toHaveLength(4)
  })
})
