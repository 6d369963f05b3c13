import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { cleanScript, readCleaned } from '../../../src/app/dispatch/clean-script.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()

/** A project's root with one attempt; a blank and a quote in its name, and a folder beside it that is not ours. */
function site() {
  const above = temporaryFolder()
  const root = join(above, "it's a root")
  const attempt = join(root, 'small', 'relax', 'attempt-1')
  const elsewhere = join(above, 'elsewhere')
  mkdirSync(attempt, { recursive: true })
  mkdirSync(elsewhere)
  writeFileSync(join(attempt, 'WAVECAR'), 'orbitals')
  writeFileSync(join(elsewhere, 'WAVECAR'), 'of somebody else')
  return { root, attempt, elsewhere }
}

async function clean(root: string, mode: 'list' | 'remove', paths: readonly string[]) {
  const { stdout } = await here.run({ program: 'sh', args: ['-c', cleanScript, 'dopant-clean', root, mode, ...paths] })
  return readCleaned(stdout, paths)
}

describe('removing large files', () => {
  it('lists them with their sizes and removes nothing in a dry run', async () => {
    const { root, attempt } = site()
    const paths = [join(attempt, 'CHGCAR'), join(attempt, 'WAVECAR')]

    expect(await clean(root, 'list', paths)).toEqual([{ path: paths[1], bytes: 8 }])
    expect(existsSync(join(attempt, 'WAVECAR'))).toBe(true)
  })

  it('removes them once, and finds nothing the second time', async () => {
    const { root, attempt } = site()
    const paths = [join(attempt, 'WAVECAR')]

    expect(await clean(root, 'remove', paths)).toEqual([{ path: paths[0], bytes: 8 }])
    expect(await clean(root, 'remove', paths)).toEqual([])
    expect(existsSync(join(attempt, 'WAVECAR'))).toBe(false)
  })

  it('leaves links alone, and what they lead to', async () => {
    const { root, attempt, elsewhere } = site()
    symlinkSync(join(elsewhere, 'WAVECAR'), join(attempt, 'CHGCAR'))

    expect(await clean(root, 'remove', [join(attempt, 'CHGCAR')])).toEqual([])
    expect(readFileSync(join(elsewhere, 'WAVECAR'), 'utf8')).toBe('of somebody else')
  })

  it.each([
    ['a folder that is a link out of the root', (root: string, elsewhere: string) => (symlinkSync(elsewhere, join(root, 'attempt-2')), join(root, 'attempt-2', 'WAVECAR'))],
    ['a path that climbs out of the root', (root: string) => join(root, 'small') + '/../../elsewhere/WAVECAR'],
    ['a path beside the root', (_: string, elsewhere: string) => join(elsewhere, 'WAVECAR')],
  ])('never follows %s', async (_, pathIn) => {
    const { root, elsewhere } = site()

    expect(await clean(root, 'remove', [pathIn(root, elsewhere)])).toEqual([])
    expect(existsSync(join(elsewhere, 'WAVECAR'))).toBe(true)
  })

  it('does nothing where the root is gone', async () => {
    const { attempt } = site()

    expect(await clean('/nonexistent/root', 'remove', [join(attempt, 'WAVECAR')])).toEqual([])
  })
})
