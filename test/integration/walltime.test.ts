import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant, smallProject } from './small-screen.ts'

const oneSlab = `
name: small
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
method: { hubbardU: { Mn: 4.5 } }
steps: [{ kind: relax, ediffgEvPerAngstrom: 0.05 }, { kind: static }]
`

/** The stand-in on this machine with a time limit, in a scratch folder. */
function shortSite(walltime: string) {
  const home = temporaryFolder()
  const scratch = join(home, 'scratch')
  const workFolder = join(home, 'work')
  const site = {
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder,
    pollSeconds: 1,
    resources: { ranksPerNode: 1, walltime },
    scratch,
    vasp: { program: process.execPath, args: [resolve('bin/dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program: process.execPath, args: [resolve('bin/dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.5' },
  }
  mkdirSync(join(home, 'config', 'dopant'), { recursive: true })
  writeFileSync(join(home, 'config', 'dopant', 'sites.yaml'), JSON.stringify({ short: site }))
  return { environment: { XDG_CONFIG_HOME: join(home, 'config') }, workFolder, scratch }
}

describe('a relaxation that is longer than its job may be', () => {
  it('stops by itself, goes on from CONTCAR, and ends where the undisturbed one ends', async () => {
    const undisturbed = smallProject(oneSlab)
    const disturbed = smallProject(oneSlab)
    const { environment, workFolder, scratch } = shortSite('00:00:12')

    const [one, other] = await Promise.all([
      dopant(['run', undisturbed.screenFile]).finished,
      dopant(['run', disturbed.screenFile, '--site', 'short'], environment).finished,
    ])

    expect(one.code, one.stderr).toBe(0)
    expect(other.code, other.stderr).toBe(0)
    const ends = filesNamed(workFolder, 'dopant-end').filter(({ path }) => path.includes('/relax/'))
    expect(ends.length).toBeGreaterThan(1)
    expect(ends.slice(0, -1).every(({ text }) => text.startsWith('code=0\ncause=walltime-stop\n'))).toBe(true)
    expect(ends.at(-1)?.text).toMatch(/^code=0\ncause=exit\n/)
    expect(readdirSync(scratch)).toEqual([])
    // Both end below 0.05 eV/Å, by another way: the softest bonds of the surface, 2 eV/Å², then agree within 2 · 0.05 / 2 Å.
    const lengths = [undisturbed, disturbed].map(({ folder }) => bondLengths(folder))
    expect(lengths[0]?.length).toBeGreaterThan(0)
    lengths[0]?.forEach((length, i) => expect(Math.abs(length - (lengths[1]?.[i] ?? 0))).toBeLessThan(0.05))
  })
})

function filesNamed(folder: string, name: string): { path: string; text: string }[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(`/${name}`))
  return paths.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }))
}

function bondLengths(folder: string): readonly number[] {
  const { rows } = JSON.parse(readFileSync(join(folder, 'results', 'small', 'bonds.json'), 'utf8')) as { rows: Record<string, unknown>[] }
  return rows.flatMap((row) => Object.entries(row).flatMap(([key, value]) => (key.endsWith('Angstrom') && typeof value === 'number' ? [value] : [])))
}
