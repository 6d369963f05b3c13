import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dopant, smallProject } from './small-screen.ts'

const oneSlab = `
name: small
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
method: { hubbardU: { Mn: 4.5 } }
steps: [{ kind: relax, ediffgEvPerAngstrom: 0.3 }, { kind: static }]
`

describe('the disk of a screen that is done', () => {
  it('has lost orbitals and parts of the partition by itself, and loses the densities when a person says so', async () => {
    const { screenFile, folder } = smallProject(oneSlab, { hasDatabase: true })
    const clean = (...args: readonly string[]) => dopant(['clean', 'small', '--project', folder, ...args]).finished
    const large = () => readdirSync(join(folder, '.dopant', 'runs'), { recursive: true, encoding: 'utf8' }).flatMap((path) => /(WAVECAR|CHG|CHGCAR|AECCAR\d|LOCPOT)$/.exec(path)?.[1] ?? [])

    const run = await dopant(['run', screenFile]).finished
    expect(run.code, run.stderr).toBe(0)
    // The static run's WAVECAR is a link to the relaxation's, which is gone.
    expect(large().sort()).toEqual(['CHGCAR', 'WAVECAR'])
    const unasked = await clean()
    expect(unasked).toMatchObject({ code: 2, stdout: '' })
    const dry = JSON.parse((await clean('--dry-run', '--json')).stdout) as { bytes: number; calculations: { id: string }[] }
    expect(dry.calculations.map(({ id }) => id)).toEqual(['small/pristine/static'])
    expect(dry.bytes).toBeGreaterThan(1000)
    expect(large()).toContain('CHGCAR')

    const cleaned = await clean('--yes')

    expect(cleaned.stdout).toMatch(/small\/pristine\/static on rehearsal: attempt-1\/CHGCAR .*\n.*removed/)
    expect(large()).not.toContain('CHGCAR')
    const shown = await dopant(['show', 'small/pristine/static', '--project', folder]).finished
    expect(shown.stdout).toMatch(/removed attempt-1\/AECCAR0, attempt-1\/AECCAR1, attempt-1\/AECCAR2/)
    expect(shown.stdout).toMatch(/clean.*removed attempt-1\/CHGCAR/)
  })
})
