import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant, smallProject, smallScreen } from './small-screen.ts'

const oneSlab = smallScreen.replace(/delithiation:.*\n/, '').replace('[B, Al]', '[Al]')

interface Status {
  readonly calculations: readonly { readonly id: string; readonly state: string; readonly nativeId: string | null }[]
  readonly waiting: readonly { readonly kind: string; readonly text: string }[]
  readonly traffic: readonly { readonly site: string; readonly statusCalls: number }[]
}

async function status(folder: string): Promise<Status> {
  const { stdout } = await dopant(['status', '--json', '--project', folder]).finished
  return JSON.parse(stdout) as Status
}

const stateOf = ({ calculations }: Status, id: string) => calculations.find((each) => each.id === id)?.state

/** About half a minute. */
describe('dopant init', () => {
  it('makes a project whose example can be planned, and changes nothing the second time', async () => {
    const folder = join(temporaryFolder(), 'my screens')

    const first = await dopant(['init', folder]).finished
    writeFileSync(join(folder, 'dopant.yaml'), '# mine\n')
    const second = await dopant(['init', folder]).finished
    const plan = await dopant(['plan', join(folder, 'screens/example.yaml'), '--json']).finished

    expect(first.stdout.trim().split('\n').map((path) => path.slice(folder.length + 1))).toEqual([
      'dopant.yaml',
      '.gitignore',
      'screens/example.yaml',
      'structures/li2mno3.cif',
    ])
    expect([second.code, second.stdout]).toEqual([0, ''])
    expect(readFileSync(join(folder, 'dopant.yaml'), 'utf8')).toBe('# mine\n')
    expect(plan.code, plan.stderr).toBe(0)
    expect(existsSync(join(folder, '.dopant'))).toBe(false)
  })
})

describe('dopant submit and cancel', () => {
  it('leave jobs that run on without dopant, and end them by their names; what waited for them does not start', async () => {
    const { screenFile, folder } = smallProject(oneSlab, { hasDatabase: true })
    const slow = { DOPANT_REHEARSAL_SECONDS_PER_STEP: '5' }

    const submitted = await dopant(['submit', screenFile], slow).finished

    expect(submitted.code, submitted.stderr).toBe(0)
    expect(submitted.stderr).toContain(`dopant run ${screenFile}`)
    const running = await status(folder)
    const job = running.calculations.find((each) => each.id === 'small/pristine/relax')
    expect(isAlive(job?.nativeId)).toBe(true)

    const unasked = await dopant(['cancel', 'small', '--project', folder]).finished
    expect([unasked.code, stateOf(await status(folder), 'small/pristine/static')]).toEqual([2, 'planned'])
    const cancelled = await dopant(['cancel', 'small', '--yes', '--project', folder]).finished

    expect(cancelled.code, cancelled.stderr).toBe(0)
    expect(cancelled.stdout).toContain('small/pristine/relax its job was asked to end')
    expect(cancelled.stdout).toContain('small/pristine/static cancelled')
    for (let tries = 0; tries < 100 && isAlive(job?.nativeId); tries += 1) await wait(100)
    expect(isAlive(job?.nativeId)).toBe(false)
    const run = await dopant(['run', screenFile]).finished
    expect(run.stderr).toContain('4 cancelled')
    const none = await dopant(['cancel', 'small', '--yes', '--project', folder]).finished
    expect([none.code, none.stdout]).toEqual([0, 'There is nothing to cancel.\n'])
  })

  it('stop at the core-hours of the screen, say so, and go on with more', async () => {
    // The rehearsal asks for one core for a day: 24 core-hours a calculation.
    const { screenFile, folder } = smallProject(`${oneSlab}budget: { coreHours: 10 }\n`, { hasDatabase: true })

    const stopped = await dopant(['run', screenFile]).finished

    expect(stopped.code).toBe(1)
    expect(stopped.stderr).toContain('small: 2 calculations wait for core-hours: 0.0 used and 0.0 committed of 10.0')
    const { waiting, calculations } = await status(folder)
    expect(waiting.map(({ kind }) => kind)).toEqual(['budget'])
    expect(calculations.map(({ state }) => state).sort()).toEqual(['planned', 'planned', 'ready', 'ready'])

    const more = await dopant(['run', screenFile, '--budget', '60']).finished
    expect(more.code, more.stderr).toBe(0)
    const after = await status(folder)
    expect(after.waiting).toEqual([])
    expect(after.traffic.reduce((sum, { statusCalls }) => sum + statusCalls, 0)).toBeGreaterThan(0)
  })
})

describe('dopant submit and run beside an engine that has the project', () => {
  it('give it their screen; run watches, and goes on by itself when that engine has ended', async () => {
    const pristine = oneSlab.replace(/dopants:\n.*\n.*\n/, '')
    const { screenFile, folder } = smallProject(pristine)
    const [another, third] = ['another', 'third'].map((name, i) => {
      writeFileSync(join(folder, `${name}.yaml`), pristine.replace('name: small', `name: ${name}`).replace('4.5', `4.${i}`))
      return join(folder, `${name}.yaml`)
    }) as [string, string]
    const first = dopant(['run', screenFile], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '2' })
    await new Promise<void>((go) => first.child.stderr?.on('data', (text: Buffer) => text.includes('2 new calculations') && go()))

    const refused = await dopant(['submit', another, '--site', 'nowhere']).finished
    const submitted = await dopant(['submit', another]).finished
    const handedOver = `Process ${first.child.pid} works on this project already`
    const watching = dopant(['run', third])
    await new Promise<void>((go) => watching.child.stderr?.on('data', (text: Buffer) => text.includes(handedOver) && go()))
    first.child.kill('SIGINT')
    const stopped = await first.finished
    await dopant(['cancel', 'small', '--yes', '--project', folder]).finished // its slow job holds one of the few places
    const watched = await watching.finished

    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('There is no site named nowhere')])
    for (const { code, stderr } of [submitted, watched]) {
      expect(code, stderr).toBe(0)
      expect(stderr).toContain('2 new calculations')
      expect(stderr).toContain(handedOver)
    }
    expect(watched.stderr).toContain('2 done')
    expect(stopped.stderr).toContain('Come back with')
    expect(stateOf(await status(folder), 'another/pristine/relax')).toMatch(/queued|running|done/)
    await dopant(['cancel', 'another', '--yes', '--project', folder]).finished
  })
})

describe('a site', () => {
  it('is never read from a project, which others write too', async () => {
    const { folder } = smallProject(oneSlab)
    writeFileSync(join(folder, 'sites.yaml'), 'trap: { transport: { kind: local } }\n')
    mkdirSync(join(folder, 'dopant'))
    writeFileSync(join(folder, 'dopant', 'sites.yaml'), 'trap: { transport: { kind: local } }\n')

    const list = await dopant(['site', 'list', '--project', folder], { XDG_CONFIG_HOME: temporaryFolder() }).finished

    expect(list.code, list.stderr).toBe(0)
    expect(list.stdout).toContain('rehearsal')
    expect(list.stdout).not.toContain('trap')
    expect(readdirSync(folder)).not.toContain('.dopant')
  })

  it('that others use is not asked more often than every half minute, whatever its entry says', async () => {
    const configuration = temporaryFolder()
    const entry = (transport: string) =>
      `hasty: { transport: ${transport}, scheduler: slurm, workFolder: /scratch/me, pollSeconds: 5, vasp: { program: vasp_std, version: 6.4.3 } }\n`
    mkdirSync(join(configuration, 'dopant'))
    const listWith = async (transport: string) => {
      writeFileSync(join(configuration, 'dopant', 'sites.yaml'), entry(transport))
      return dopant(['site', 'list'], { XDG_CONFIG_HOME: configuration }).finished
    }

    const remote = await listWith('{ kind: ssh, host: login }')
    const here = await listWith('{ kind: local }')

    expect([remote.code, here.code]).toEqual([2, 0])
    expect(remote.stderr).toContain('hasty: pollSeconds 5 is too often for a login node that others use; 30 is the least')
  })
})

function isAlive(nativeId: string | null | undefined): boolean {
  if (nativeId == null) return false
  try {
    process.kill(-Number(nativeId), 0)
    return true
  } catch {
    return false
  }
}
