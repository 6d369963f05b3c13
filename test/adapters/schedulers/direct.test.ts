import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()

/** A job folder whose job sleeps, with blanks in its path because people have such folders. */
function jobFolder(name: string, script: string): string {
  const folder = `${temporaryFolder()}/my jobs`
  mkdirSync(folder)
  writeFileSync(`${folder}/job.sh`, `#!/bin/sh\n${script}\n`)
  writeFileSync(`${folder}/name`, name)
  return folder
}

async function start(folder: string): Promise<string> {
  return direct.readNativeId(await here.run(direct.submitCommand(`${folder}/job.sh`)))
}

async function states() {
  return direct.readStates(await here.run(direct.statusCommand()))
}

describe('jobs without a batch system', () => {
  it('are listed under id and name while they run, and cancelled with all their children', async () => {
    const id = await start(jobFolder('dabc', 'sleep 30 & wait'))
    await wait(200)
    expect((await states()).get(id)).toEqual({ name: 'dabc', state: 'running' })

    await here.run(direct.cancelCommand([{ id, name: 'dabc' }]))
    await wait(300)

    expect((await states()).has(id)).toBe(false)
    const left = await here.run({ program: 'ps', args: ['-g', id, '-o', 'stat='] })
    expect(left.stdout.split('\n').filter((status) => status !== '' && !status.startsWith('Z'))).toEqual([])
  })

  it('leave the list when they end', async () => {
    const id = await start(jobFolder('dend', 'true'))
    await wait(300)

    expect((await states()).has(id)).toBe(false)
  })

  it('are refused when the folder is not complete', async () => {
    await expect(start(temporaryFolder())).rejects.toMatchObject({ code: 'SUBMISSION_REJECTED' })
  })

  it('are not taken for ended when the process list fails', () => {
    expect(() => direct.readStates({ exitCode: 1, stdout: '', stderr: 'ps: cannot fork' })).toThrow(
      /no usable answer/,
    )
  })
})
