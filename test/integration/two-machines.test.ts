import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresPrograms, redisProgram, startPostgres, startRedis, type TestServer } from '../contracts/servers.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { dopant } from './small-screen.ts'

const programs = postgresPrograms()
const redis = redisProgram()
const stages = ['submit', 'poll', 'collect', 'reconcile'] as const

/** The walk through examples/two-machines: two folders for two machines, one of which only asks. */
describe.skipIf(programs === undefined || redis === undefined)('one project on two machines', () => {
  const servers: TestServer[] = []
  const workers: ChildProcess[] = []
  let environment: NodeJS.ProcessEnv
  let [first, second] = ['', '']
  beforeAll(async () => {
    servers.push(...(await Promise.all([startPostgres(programs ?? ''), startRedis(redis ?? '')])))
    const home = temporaryFolder()
    ;[first, second] = ['first', 'second'].map((name) => join(home, name)) as [string, string]
    for (const folder of [first, second, join(home, 'dopant')]) mkdirSync(folder)
    writeFileSync(join(home, 'dopant', 'sites.yaml'), sites(join(home, 'scratch')))
    writeFileSync(join(second, 'series.yaml'), screen)
    const [DATABASE_URL, REDIS_URL] = servers.map(({ url }) => url)
    environment = { ...process.env, DATABASE_URL, REDIS_URL, XDG_CONFIG_HOME: home, DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4' }
  })
  afterAll(async () => {
    await Promise.all(workers.map(ended))
    await Promise.all(servers.map((server) => server.stop()))
  })

  const ask = (...words: readonly string[]) => dopant([...words, '--project', second], environment).finished

  it('runs a screen that the second submitted by four workers on the first, and both see it end', async () => {
    for (const stage of stages) workers.push(spawn(process.execPath, ['--import', import.meta.resolve('tsx'), resolve(`workers/${stage}.ts`)], { cwd: first, env: environment, stdio: 'ignore' }))

    const submitted = await ask('submit', join(second, 'series.yaml'))
    expect(submitted.code, submitted.stderr).toBe(0)
    const states = async () => (JSON.parse((await ask('status', '--json')).stdout) as { calculations: { state: string }[] }).calculations.map(({ state }) => state)
    while ((await states()).join() !== 'done,done') await wait(1000)

    const elsewhere = await dopant(['results', 'two', '--project', temporaryFolder()], environment).finished
    expect(elsewhere.stdout).toMatch(/pristine .* rehearsal .* Mn–O/)
    expect(workers.map(({ exitCode }) => exitCode)).toEqual([null, null, null, null])
  })

  it('lets each worker go when it is told to', async () => {
    expect(await Promise.all(workers.map(ended))).toEqual([0, 0, 0, 0])
  })

  it('refuses a worker without DATABASE_URL, and one of an unknown kind, with code 2', () => {
    const without = { ...environment, DATABASE_URL: '' }
    const asFile = spawnSync(process.execPath, ['--import', import.meta.resolve('tsx'), resolve('workers/poll.ts')], { cwd: first, env: without, encoding: 'utf8' })
    const asCommand = spawnSync(process.execPath, [resolve('bin/dopant.js'), 'worker', 'sumbit'], { cwd: first, env: environment, encoding: 'utf8' })

    expect(asFile).toMatchObject({ status: 2, stderr: expect.stringContaining('DATABASE_URL') as string })
    expect(asCommand).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean submit?') as string })
  })
})

const screen = `
name: two
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
kpoints: { spacing: 0.08 }
site: cluster
`

const sites = (workFolder: string): string => `
cluster:
  transport: { kind: local }
  scheduler: direct
  workFolder: ${workFolder}
  pollSeconds: 1
  graceSeconds: 0
  vasp: { program: ${process.execPath}, args: [${resolve('bin/dopant-rehearsal.js')}], version: rehearsal }
  resources: { nodes: 1, ranksPerNode: 1, walltime: "00:10:00" }
`

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  child.kill('SIGTERM')
  return new Promise((done) => child.once('exit', (code) => done(code)))
}
