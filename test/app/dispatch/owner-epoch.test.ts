import { existsSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { holdScript, ownedExit, ownedScript, readHold } from '../../../src/app/dispatch/owner-epoch-scripts.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()
const root = (): string => join(temporaryFolder(), "it's a project")

type Mode = 'raise' | 'keep' | 'take'

async function hold(folder: string, epoch: number, token: string, next: string, mode: Mode = 'raise') {
  const args = ['-c', holdScript, 'dopant-hold', folder, String(epoch), token, next, mode]
  return readHold((await here.run({ program: 'sh', args })).stdout)
}

function owned(folder: string, epoch: number, token: string, ...command: readonly string[]) {
  return here.run({ program: 'sh', args: ['-c', ownedScript, 'dopant-owned', folder, String(epoch), token, ...command] })
}

describe('the epoch of the owner of a project on a site', () => {
  it('begins with the first contact, also in a folder that jobs have used before', async () => {
    expect(await hold(root(), 0, '', 'ann.1')).toEqual({ isHeld: true, epoch: 1, token: 'ann.1' })
  })

  it('grows with every start of the owner, and not when an answer was lost', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')
    const again = await hold(folder, 0, '', 'ann.1')
    const next = await hold(folder, 1, 'ann.1', 'ann.2')
    const repeated = await hold(folder, 1, 'ann.1', 'ann.2')

    expect(again).toEqual({ isHeld: true, epoch: 1, token: 'ann.1' })
    expect([next, repeated]).toEqual(new Array(2).fill({ isHeld: true, epoch: 2, token: 'ann.2' }))
  })

  it('stays for the workers of one database', async () => {
    const folder = root()
    await hold(folder, 0, '', 'db.1', 'keep')

    expect(await hold(folder, 1, 'db.1', 'db.2', 'keep')).toEqual({ isHeld: true, epoch: 1, token: 'db.1' })
  })

  it('is not given to a store that is older than the site, nor to one that has never been there', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')
    await hold(folder, 1, 'ann.1', 'ann.2')

    expect(await hold(folder, 1, 'ann.1', 'ann.3')).toEqual({ isHeld: false, epoch: 2, token: 'ann.2' })
    expect(await hold(folder, 0, '', 'bob.1')).toEqual({ isHeld: false, epoch: 2, token: 'ann.2' })
  })

  it('is taken by a person’s word, and the old owner’s next command is refused', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')
    const before = await owned(folder, 1, 'ann.1', 'echo', 'went')

    expect(await hold(folder, 0, '', 'bob.1', 'take')).toEqual({ isHeld: true, epoch: 2, token: 'bob.1' })
    const after = await owned(folder, 1, 'ann.1', 'touch', join(folder, 'trace'))

    expect(before).toEqual({ exitCode: 0, stdout: 'went\n', stderr: '' })
    expect(after).toEqual({ exitCode: ownedExit.elsewhere, stdout: '', stderr: 'dopant-owner bob.1\n' })
    expect(existsSync(join(folder, 'trace'))).toBe(false)
    expect((await owned(folder, 2, 'bob.1', 'true')).exitCode).toBe(0)
  })

  it('is given to one of many that raise it at the same moment', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')

    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => hold(folder, 1, 'ann.1', `m${i}.1`)))

    const winners = answers.filter((answer) => answer?.isHeld)
    expect(winners).toHaveLength(1)
    expect(readlinkSync(join(folder, '.dopant-owner', 'epoch-2'))).toBe(winners[0]?.token)
  })

  it('goes on where it was when the site swept the links away', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')
    await hold(folder, 1, 'ann.1', 'ann.2')
    rmSync(join(folder, '.dopant-owner'), { recursive: true })

    const gone = await owned(folder, 2, 'ann.2', 'true')

    expect(gone).toEqual({ exitCode: ownedExit.gone, stdout: '', stderr: 'dopant-owner gone\n' })
    expect(await hold(folder, 2, 'ann.2', 'ann.3')).toEqual({ isHeld: true, epoch: 3, token: 'ann.3' })
  })

  it('keeps twenty links', async () => {
    const folder = root()
    for (let epoch = 0; epoch < 30; epoch++) await hold(folder, epoch, `ann.${epoch}`, `ann.${epoch + 1}`)

    expect(readdirSync(join(folder, '.dopant-owner')).length).toBeLessThanOrEqual(21)
    expect((await owned(folder, 30, 'ann.30', 'true')).exitCode).toBe(0)
    expect((await owned(folder, 2, 'ann.2', 'true')).exitCode).not.toBe(0)
  })

  it('passes on words, input and exit code as they are', async () => {
    const folder = root()
    await hold(folder, 0, '', 'ann.1')
    const words = ['$HOME', "it's", 'two words', '', 'ü']

    const said = await owned(folder, 1, 'ann.1', 'printf', '%s|', ...words)

    expect(said.stdout).toBe(words.map((word) => `${word}|`).join(''))
    expect((await owned(folder, 1, 'ann.1', 'sh', '-c', 'exit 5')).exitCode).toBe(5)
  })
})
