import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { openStore } from '../../src/compose.ts'
import { readIncar } from '../../src/vasp/input/incar.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { auditRepairs, faultLines, type BadDay, type FaultPlan } from './repair-ledger.ts'
import { dopant, smallProject, smallScreen } from './small-screen.ts'

const threeSlabs = smallScreen.replace('[B, Al]', '[Al]').replace('[pristine, B-on-Mn]', '[pristine]')

interface Why {
  readonly state: string
  readonly attempts: readonly { readonly changes: readonly string[]; readonly found: readonly string[]; readonly decided: readonly string[] }[]
  readonly next: readonly string[]
}

async function inFolder(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await dopant([...args, '--project', folder]).finished
  expect(code, stderr).toBe(0)
  return stdout
}

async function audit(folder: string, faults: FaultPlan) {
  const { store, close } = await openStore({ projectFolder: folder, environment: process.env })
  const audited = await auditRepairs(store, 'small', faults)
  const hours = await store.coreHoursOfScreen('small')
  await close()
  return { ...audited, hours }
}

/** About a minute: a small screen whose runs fail in several ways. */
describe('a screen whose runs fail', () => {
  const days: readonly (readonly [string, BadDay])[] = [
    ['small/pristine/relax', { fault: 'walltime@4', attempts: 2 }],
    ['small/Al-on-Mn/relax', { fault: 'message:zbrent@3', attempts: 1 }],
    ['small/Al-on-Mn/static', { fault: 'message:edddav@1', attempts: 1 }],
    ['small/pristine-delith1/relax', { fault: 'broken-contcar@3', attempts: 1 }],
  ]

  it('is repaired run by run, tells why, and gives a change of meaning to the whole series or to nobody', async () => {
    const { folder, screenFile } = smallProject(threeSlabs, { hasDatabase: true })
    const faults = new Map(days)
    const offered = 'small/pristine-delith1/static'
    const planFile = join(folder, 'faults')
    writeFileSync(planFile, `${faultLines(faults)}\n${offered}/attempt-1 message:lrf_comm\n`)
    const environment = { DOPANT_REHEARSAL_FAIL_PLAN: planFile }

    const first = await dopant(['run', screenFile], environment).finished

    expect(first.code).toBe(1)
    expect(first.stderr).toContain('5 done')
    const why = JSON.parse(await inFolder(folder, 'why', offered, '--json')) as Why
    expect(why.state).toBe('failed')
    expect(why.next.join(' ')).toContain('dopant accept-correction small lrf_comm/1')
    const zbrent = await inFolder(folder, 'why', 'small/Al-on-Mn/relax')
    expect(zbrent).toMatch(/found +zbrent: /)
    expect(zbrent).toMatch(/Attempt 2 [^]*changed .*against zbrent: .*numerics; /)

    expect(await inFolder(folder, 'accept-correction', 'small', 'lrf_comm/1')).toMatch(/2 finished calculations run again, which cost \d+\.\d core-hours/)
    expect((await audit(folder, faults)).lines.find(({ id }) => id === offered)?.state).toBe('failed')
    await inFolder(folder, 'accept-correction', 'small', 'lrf_comm/1', '--yes')
    const second = await dopant(['run', screenFile], environment).finished

    expect(second.code, second.stderr).toBe(0)
    const { lines, problems, hours } = await audit(folder, faults)
    const statics = lines.filter(({ id }) => id.endsWith('/static'))
    expect(statics.map(({ attempts }) => lastIncar(attempts.at(-1)?.remoteFolder)['LPEAD'])).toEqual([true, true, true])
    expect(problems.filter((each) => !each.includes('/static'))).toEqual([])
    expect(lines.every(({ state }) => state === 'done')).toBe(true)
    expect(hours).toBeGreaterThan(0)
    const bonds = readFileSync(join(folder, 'results/small/bonds.json'), 'utf8')
    expect(bonds).not.toContain('do not compare')
  })

  it('ends a run that hangs, and goes on without it from the last sound geometry', async () => {
    const { folder, screenFile } = smallProject(threeSlabs.replace(/dopants:\n.*\n.*\n/, '').replace(/delithiation:.*\n/, ''), { hasDatabase: true })
    writeFileSync(join(folder, 'faults'), 'small/pristine/relax/attempt-1 hang@3\n')
    const environment = siteThatIsSilent(folder)

    const run = await dopant(['run', screenFile, '--site', 'here'], environment).finished

    expect(run.code, run.stderr).toBe(0)
    const why = JSON.parse((await dopant(['why', 'small/pristine/relax', '--json', '--project', folder], environment).finished).stdout) as Why
    expect(why.attempts[0]?.found[0]).toMatch(/^frozen: .*no output/)
    expect(why.attempts).toHaveLength(2)
    expect(why.attempts[1]?.changes[0]).toContain('against frozen')
  })
})

/** A site of this machine where a silence of five seconds is too long. */
function siteThatIsSilent(folder: string): Record<string, string> {
  const bin = (name: string): string => resolve('bin', name)
  const site = {
    ...{ transport: { kind: 'local' }, scheduler: 'direct', workFolder: join(folder, 'work'), maxJobs: 2 },
    ...{ pollSeconds: 1, graceSeconds: 3, silenceSeconds: 5 },
    vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program: process.execPath, args: [bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_FAIL_PLAN: join(folder, 'faults') },
  }
  const configuration = temporaryFolder()
  mkdirSync(join(configuration, 'dopant'))
  writeFileSync(join(configuration, 'dopant', 'sites.yaml'), stringify({ here: site }))
  return { XDG_CONFIG_HOME: configuration }
}

function lastIncar(folder: string | null | undefined) {
  return readIncar(readFileSync(join(folder ?? '', 'INCAR'), 'utf8')).incar
}
