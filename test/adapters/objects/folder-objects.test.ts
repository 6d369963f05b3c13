import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { folderObjects } from '../../../src/adapters/objects/folder-objects.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { recordOutputs } from '../../../src/app/provenance/record-outputs.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

describe('copies that cannot be written', () => {
  // Below a file nothing can be made, not even by root.
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'OSZICAR'), '1 F= -.1E+02')
  const objects = folderObjects(join(folder, 'OSZICAR'))

  it('are foreseen, with a remedy, and tried again: they say nothing about a calculation', async () => {
    await expect(objects.put(Buffer.from('INCAR'))).rejects.toMatchObject({
      code: 'OBJECTS_UNWRITABLE',
      retryable: true,
      remedy: expect.stringContaining('Make room'),
    })
  })

  it('end nothing but the reading that wanted them', async () => {
    const recorder = recordOutputs(localTransport(), folder, objects)
    const into = new PassThrough()
    into.resume()

    await recorder.transport.download(join(folder, 'OSZICAR'), into)
    // A promise that nobody hears ends the process in a turn like this one.
    await new Promise((resolve) => setTimeout(resolve, 50))

    await expect(recorder.outputs()).rejects.toMatchObject({ code: 'OBJECTS_UNWRITABLE' })
  })
})
