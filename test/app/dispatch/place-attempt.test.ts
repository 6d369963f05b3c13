import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { placeAttemptScript, readPlaced } from '../../../src/app/dispatch/place-attempt-script.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()

function calculation() {
  const root = join(temporaryFolder(), "it's work")
  const incoming = join(root, '.incoming', 'abc')
  mkdirSync(incoming, { recursive: true })
  writeFileSync(join(incoming, 'INCAR'), 'ENCUT = 520\n')
  return { root, incoming, folder: join(root, 'small/pristine/relax') }
}

async function place(incoming: string, folder: string, attempt: number) {
  const args = ['-c', placeAttemptScript, 'dopant-place', incoming, folder, String(attempt)]
  const { exitCode, stdout } = await here.run({ program: 'sh', args })
  return { exitCode, there: readPlaced(stdout) }
}

function began(folder: string, attempt: number, files: Readonly<Record<string, string>>): string {
  const path = join(folder, `attempt-${attempt}`)
  mkdirSync(path, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return path
}

describe('putting the files of an attempt into their place', () => {
  it('makes the folder appear whole', async () => {
    const { root, incoming, folder } = calculation()

    expect(await place(incoming, folder, 1)).toEqual({ exitCode: 0, there: undefined })
    expect(readFileSync(join(folder, 'attempt-1/INCAR'), 'utf8')).toBe('ENCUT = 520\n')
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
  })

  it('replaces a folder that was only written, by a call whose answer got lost', async () => {
    const { root, incoming, folder } = calculation()
    began(folder, 1, { INCAR: 'ENCUT = 400\n', name: 'dtoken' })

    expect(await place(incoming, folder, 1)).toEqual({ exitCode: 0, there: undefined })
    expect(readFileSync(join(folder, 'attempt-1/INCAR'), 'utf8')).toBe('ENCUT = 520\n')
    expect(readdirSync(join(folder, 'attempt-1'))).toEqual(['INCAR'])
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
  })

  it.each([
    ['a recorded answer', { 'dopant-submit.code': '0\n' }],
    ['an end', { 'dopant-end': 'code=0\n' }],
    ['a start', { 'dopant-start': 'id=5\n' }],
  ])('touches nothing where an attempt has %s', async (_, files) => {
    const { root, incoming, folder } = calculation()
    began(folder, 1, { ...files, name: 'dtoken' })

    expect(await place(incoming, folder, 1)).toEqual({ exitCode: 0, there: { attempt: 1, claim: undefined, token: 'dtoken' } })
    expect(existsSync(join(folder, 'attempt-1/INCAR'))).toBe(false)
    expect(readdirSync(join(root, '.incoming'))).toEqual([])
  })

  it('tells the last attempt that was begun, and who has it', async () => {
    const { incoming, folder } = calculation()
    symlinkSync('4711', join(began(folder, 2, { name: 'dtwo' }), 'dopant-claim'))
    symlinkSync('revoked', join(began(folder, 10, { name: 'dten' }), 'dopant-claim'))
    began(folder, 11, { name: 'deleven' })

    expect((await place(incoming, folder, 1)).there).toEqual({ attempt: 10, claim: 'revoked', token: 'dten' })
  })

  it('does not look at attempts before its own', async () => {
    const { incoming, folder } = calculation()
    symlinkSync('4711', join(began(folder, 1, { name: 'done' }), 'dopant-claim'))

    expect(await place(incoming, folder, 2)).toEqual({ exitCode: 0, there: undefined })
  })

  it('says so when the files did not arrive, or the work folder cannot be made', async () => {
    const { root, incoming, folder } = calculation()

    expect((await place(join(root, 'nothing'), folder, 1)).exitCode).toBe(72)
    expect((await place(incoming, '/proc/no/such', 1)).exitCode).toBe(73)
  })
})
