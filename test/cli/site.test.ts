import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { SiteReport } from '../../src/app/site-check/check-site.ts'
import { packageFolder } from '../../src/adapters/config/package-folder.ts'
import { main } from '../../src/cli/main.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A person with a configuration folder and a project of their own. */
function person() {
  const home = temporaryFolder()
  const project = join(home, 'project')
  const file = join(home, 'config', 'dopant', 'sites.yaml')
  mkdirSync(project)
  const dopant = async (...words: readonly string[]) => {
    const [stdout, stderr]: [string[], string[]] = [[], []]
    const code = await main([...words], {
      stdout: { write: (text) => stdout.push(text) },
      stderr: { write: (text) => stderr.push(text) },
      isTerminal: false,
      cwd: project,
      environment: { XDG_CONFIG_HOME: join(home, 'config') },
      stdin: (async function* () {})(),
      signal: new AbortController().signal,
    })
    return { code, stdout: stdout.join(''), stderr: stderr.join('') }
  }
  const sites = (text: string): void => {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return { home, project, file, dopant, sites }
}

type Dopant = ReturnType<typeof person>['dopant']

async function check(dopant: Dopant, site: string, ...words: readonly string[]) {
  const { code, stdout } = await dopant('site', 'check', site, '--json', ...words)
  const report = JSON.parse(stdout) as SiteReport
  const probe = (name: string) => report.probes.find((each) => each.probe === name)
  return { code, report, probe }
}

const rehearsal = join(packageFolder(), 'bin', 'dopant-rehearsal.js')
const cluster = ['--host', 'login.example.org', '--scheduler', 'slurm', '--work-folder', '/scratch/me', '--vasp', 'srun vasp_std', '--vasp-version', '6.4.3']

describe('dopant site check', () => {
  it('proves the rehearsal site with a real job, and leaves no folder behind', async () => {
    const { dopant, project } = person()

    const { code, report } = await check(dopant, 'rehearsal')

    expect(report.probes.filter(({ status }) => status === 'wrong')).toEqual([])
    // Whether a quota can be asked for is this machine's.
    const skipped = report.probes.filter(({ probe, status }) => status === 'skipped' && probe !== 'quota')
    expect(skipped.map(({ probe }) => probe)).toEqual(['vdW kernel', 'POTCAR library', 'scratch'])
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: 'well' })
    expect(readdirSync(join(project, '.dopant', 'runs'))).toEqual([])
  })

  it('prints a mark for each probe, and that the site is ready', async () => {
    const { code, stdout } = await person().dopant('site', 'check', 'rehearsal', '--no-job')

    expect(stdout).toMatch(/^✓ connection .*this machine$/m)
    expect(stdout).toMatch(/^– POTCAR library/m)
    expect(stdout).toMatch(/rehearsal is ready\.\n$/)
    expect(stdout).not.toContain('test job')
    expect(code).toBe(0)
  })

  it('names the missing program and POTCAR library, and does not try the job then', async () => {
    const { dopant, home } = person()
    await dopant('site', 'add', 'bare', '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', 'vasp_of_nowhere', '--vasp-version', '6.4.3')

    const { code, probe } = await check(dopant, 'bare')

    expect(probe('VASP')).toMatchObject({ status: 'wrong', found: 'vasp_of_nowhere not found' })
    expect(probe('VASP')?.remedy).toMatch(/vasp\.program/)
    expect(probe('POTCAR library')).toMatchObject({ status: 'wrong', found: 'potcarLibrary is not set' })
    expect(probe('POTCAR library')?.remedy).toMatch(/Mn_pv\/POTCAR/)
    expect(probe('test job')).toMatchObject({ status: 'skipped', found: 'not tried: VASP comes first' })
    expect(code).toBe(1)
  })

  it('warns of a launch line with a number of ranks of its own, and finds one wrong that jobs do not ask for', async () => {
    const { dopant, home } = person()
    const add = (name: string, ranks: string) =>
      dopant('site', 'add', name, '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', 'mpirun -np 16 vasp_std', '--vasp-version', '6.4.3', '--ranks-per-node', ranks, '--walltime', '1:00:00')
    await add('alike', '16')
    await add('other', '32')

    expect((await check(dopant, 'alike', '--no-job')).probe('launch line')).toMatchObject({ status: 'warning', remedy: expect.stringContaining('-np {ranks}') as string })
    expect((await check(dopant, 'other', '--no-job')).probe('launch line')).toMatchObject({ status: 'wrong', found: expect.stringContaining('jobs ask for 32') as string })
  })

  it('says what the prologue said when the program is missing', async () => {
    const { dopant, home } = person()
    await dopant('site', 'add', 'bare', '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', 'vasp_of_nowhere', '--vasp-version', '6.4.3', '--prologue', 'echo no such module >&2')

    const { probe } = await check(dopant, 'bare', '--no-job')

    expect(probe('VASP')?.found).toBe('vasp_of_nowhere not found; the prologue said: no such module')
  })

  it('finds out that the work folder lies below a file', async () => {
    const { dopant, home } = person()
    writeFileSync(join(home, 'file'), '')
    await dopant('site', 'add', 'blocked', '--scheduler', 'direct', '--work-folder', join(home, 'file', 'work'), '--vasp', `node ${rehearsal}`, '--vasp-version', 'rehearsal')

    const { code, probe } = await check(dopant, 'blocked')

    expect(probe('work folder')?.status).toBe('wrong')
    expect(probe('work folder')?.found).toMatch(/cannot make the folder.*(Not a directory|File exists)/)
    expect(probe('work folder')?.remedy).toMatch(/Set workFolder of blocked/)
    expect(probe('free space')?.found).toBe('not tried: work folder comes first')
    expect(code).toBe(1)
  })

  it.each(['slurm', 'lsf'])('finds out that there is no %s that answers', async (scheduler) => {
    const { dopant, home } = person()
    await dopant('site', 'add', 'wrong-queue', '--scheduler', scheduler, '--work-folder', join(home, 'work'), '--vasp', `node ${rehearsal}`, '--vasp-version', 'rehearsal')

    const { code, probe } = await check(dopant, 'wrong-queue')

    expect(probe('scheduler')?.status).toBe('wrong')
    expect(probe('scheduler')?.remedy).toMatch(/Set scheduler of wrong-queue to|its controller answers/)
    expect(probe('test job')?.found).toBe('not tried: scheduler comes first')
    expect(code).toBe(1)
  })

  it('stops at a host that cannot be reached, with exit code 3', async () => {
    const { dopant, sites } = person()
    sites('gone:\n  transport: { kind: ssh, host: 127.0.0.1, port: 1 }\n  scheduler: slurm\n  workFolder: /w\n  vasp: { program: vasp_std, version: 6.4.3 }\n')

    const { code, report, probe } = await check(dopant, 'gone')

    expect(probe('connection')?.status).toBe('wrong')
    expect(report.probes.slice(1).every(({ status }) => status === 'skipped')).toBe(true)
    expect({ code, outcome: report.outcome }).toEqual({ code: 3, outcome: 'unreachable' })
  }, 60_000)

  it('is not deceived by a stand-in that is called VASP', async () => {
    const { dopant, home } = person()
    const library = potcarLibrary(home)
    await dopant('site', 'add', 'deceived', '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', `node ${rehearsal}`, '--vasp-version', '6.4.3', '--potcar-library', library, '--poll-seconds', '1')

    const { code, report, probe } = await check(dopant, 'deceived')

    expect(probe('POTCAR library')).toEqual({ probe: 'POTCAR library', status: 'ok', found: 'PAW_PBE Mn_pv 02Aug2007, PAW_PBE O 08Apr2002' })
    expect(probe('VASP version')).toMatchObject({ status: 'wrong', found: 'the rehearsal ran in the place of VASP' })
    expect(code).toBe(1)
    expect(existsSync(join(report.keptFolder ?? '', 'OUTCAR'))).toBe(true)
  })

  it('repeats what a failed job said, with its folder', async () => {
    const { dopant, home } = person()
    const broken = join(home, 'vasp_broken')
    writeFileSync(broken, '#!/bin/sh\necho "error while loading shared libraries: libmkl.so" >&2\nexit 127\n')
    chmodSync(broken, 0o755)
    await dopant('site', 'add', 'broken', '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', broken, '--vasp-version', 'rehearsal', '--poll-seconds', '1')

    const { code, probe } = await check(dopant, 'broken')

    expect(probe('test job')).toMatchObject({ status: 'wrong', found: expect.stringMatching(/exit code 127.*libmkl\.so/) as string })
    expect(probe('test job')?.remedy).toContain(join(home, 'work', 'site-check-'))
    expect(code).toBe(1)
  })

  it('cancels a job that takes longer than the timeout', async () => {
    const { dopant, home } = person()
    const slow = join(home, 'vasp_slow')
    writeFileSync(slow, `#!/bin/sh\necho $$ >${join(home, 'pid')}\nexec sleep 300\n`)
    chmodSync(slow, 0o755)
    await dopant('site', 'add', 'slow', '--scheduler', 'direct', '--work-folder', join(home, 'work'), '--vasp', slow, '--vasp-version', 'rehearsal', '--poll-seconds', '1')

    const { probe } = await check(dopant, 'slow', '--timeout', '3')

    expect(probe('test job')).toMatchObject({ status: 'wrong', found: expect.stringMatching(/still running after 3 s and was cancelled/) as string })
    const pid = readFileSync(join(home, 'pid'), 'utf8').trim()
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 5000 }).toBe(false)
  })

  it('refuses a name that is no site, and names those that are', async () => {
    const { code, stderr } = await person().dopant('site', 'check', 'rehersal')

    expect(code).toBe(2)
    expect(stderr).toMatch(/no site named rehersal[\s\S]*rehearsal/)
  })
})

describe('dopant site add', () => {
  it('makes a file that dopant site list reads, for the owner only', async () => {
    const { dopant, file } = person()

    const added = await dopant('site', 'add', 'cluster', ...cluster)
    const { stdout } = await dopant('site', 'list', '--json')

    expect(added.code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      file,
      sites: [
        { name: 'rehearsal', method: 'rehearsal' },
        { name: 'cluster', transport: 'ssh', scheduler: 'slurm', host: 'login.example.org', workFolder: '/scratch/me', method: 'dft' },
      ],
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves every byte of the rest of the file as it was', async () => {
    const { dopant, file, sites } = person()
    const before = '# my sites\n\nold:   # do not touch\n    scheduler: direct   # no queue\n    transport: {kind: local}\n    workFolder: "/w"\n    vasp: {program: vasp_std, version: 6.4.3}'
    sites(before)

    await dopant('site', 'add', 'cluster', ...cluster)

    const after = readFileSync(file, 'utf8')
    expect(after.startsWith(`${before}\ncluster:\n`)).toBe(true)
  })

  it('refuses a name that is taken, and keeps comments of the others when told to replace it', async () => {
    const { dopant, file, sites } = person()
    sites('# mine\nother: # kept\n  transport: { kind: local } # kept too\n  scheduler: direct\n  workFolder: /w\n  vasp: { program: a, version: 6.4.3 }\n')
    await dopant('site', 'add', 'cluster', ...cluster)
    const before = readFileSync(file, 'utf8')

    const refused = await dopant('site', 'add', 'cluster', ...cluster, '--max-jobs', '9')
    const untouched = readFileSync(file, 'utf8')
    const replaced = await dopant('site', 'add', 'cluster', ...cluster, '--max-jobs', '9', '--replace')

    expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/a site cluster already[\s\S]*--replace/) as string })
    expect(untouched).toBe(before)
    expect(replaced.code).toBe(0)
    const after = readFileSync(file, 'utf8')
    for (const comment of ['# mine', '# kept', '# kept too']) expect(after).toContain(comment)
    expect(after).toContain('maxJobs: 9')
  })

  it('writes through a link, as a folder of dotfiles has it', async () => {
    const { dopant, file, home } = person()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(join(home, 'dotfile.yaml'), '')
    symlinkSync(join(home, 'dotfile.yaml'), file)

    await dopant('site', 'add', 'cluster', ...cluster)

    expect(readFileSync(join(home, 'dotfile.yaml'), 'utf8')).toMatch(/^cluster:/)
  })

  it('keeps quoted words of a launch line together', async () => {
    const { dopant, file } = person()

    await dopant('site', 'add', 'local', '--scheduler', 'direct', '--work-folder', '/w', '--vasp', `mpirun -np 4 '/opt/my vasp/vasp_std'`, '--vasp-version', '6.4.3')

    expect(readFileSync(file, 'utf8')).toMatch(/program: mpirun, args: \[ -np, "4", \/opt\/my vasp\/vasp_std \]/)
  })

  it('writes the scratch folder unread, the quota and the days after which files go', async () => {
    const { dopant, file } = person()

    const { code, stderr } = await dopant('site', 'add', 'cluster', ...cluster, '--scratch', '$TMPDIR/dopant', '--quota-gib', '500', '--scratch-purge-days', '30')

    expect(code, stderr).toBe(0)
    const entry = (parse(readFileSync(file, 'utf8')) as { cluster: object }).cluster
    expect(entry).toMatchObject({ scratch: '$TMPDIR/dopant', quotaGib: 500, scratchPurgeDays: 30 })
  })

  it.each([
    ['a scratch folder that is a command', [...cluster, '--scratch', '$(rm -rf ~)'], /scratch/],
    ['a scheduler that does not exist', [...cluster, '--scheduler', 'slurmm'], /scheduler/],
    ['a relative work folder', [...cluster, '--work-folder', 'scratch'], /workFolder/],
    ['a walltime that is none', [...cluster, '--ranks-per-node', '4', '--walltime', 'soon'], /walltime/],
    ['an open quote', [...cluster, '--vasp', "srun 'vasp_std"], /quotes/],
    ['a port that is no number', [...cluster, '--port', 'x'], /--port/],
  ])('refuses %s and writes nothing', async (_, words, problem) => {
    const { dopant, file } = person()

    const { code, stderr } = await dopant('site', 'add', 'cluster', ...words)

    expect(code).toBe(2)
    expect(stderr).toMatch(problem)
    expect(existsSync(file)).toBe(false)
  })

  it('never writes or repeats a secret', async () => {
    const { dopant, file } = person()

    const inHost = await dopant('site', 'add', 'a', ...cluster, '--host', 'me:hunter2@login.example.org')
    const inVariable = await dopant('site', 'add', 'a', ...cluster, '--env', 'MY_PASSWORD=hunter2')

    expect([inHost.code, inVariable.code]).toEqual([2, 2])
    expect(inHost.stdout + inHost.stderr + inVariable.stdout + inVariable.stderr).not.toContain('hunter2')
    expect(existsSync(file)).toBe(false)
  })

  it('refuses to write into a file that is broken', async () => {
    const { dopant, file, sites } = person()
    sites('old: [\n')

    const { code } = await dopant('site', 'add', 'cluster', ...cluster)

    expect(code).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('old: [\n')
  })
})

/** Title lines only, as the licence wants it, with the valence that the assembly checks. */
function potcarLibrary(home: string): string {
  for (const [symbol, title, zval] of [['Mn_pv', '02Aug2007', '13.000'], ['O', '08Apr2002', '6.000']] as const) {
    const folder = join(home, 'potcars', symbol)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'POTCAR'), `   TITEL  = PAW_PBE ${symbol} ${title}\n   POMASS =   1.000; ZVAL   =   ${zval}    mass and valenz\n   ENMAX  =  270.000; ENMIN  =  202.398 eV\n`)
  }
  return join(home, 'potcars')
}
