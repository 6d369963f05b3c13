import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { packageFolder } from '../../src/adapters/config/package-folder.ts'
import type { SiteReport } from '../../src/app/site-check/check-site.ts'
import { main } from '../../src/cli/main.ts'
import { openSite } from '../../src/compose.ts'
import type { HostKey } from '../../src/ports/transport-login-errors.ts'
import { sshdProgram, startSshd, testClient, type TestSshd } from '../integration/sshd/sshd.ts'
import { startSlurm, whyNoSlurm, type SlurmBed } from '../integration/slurm/slurm-bed.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const bed = temporaryFolder()
const environment = { XDG_CONFIG_HOME: join(bed, 'config'), DOPANT_SHORTEST_POLL_SECONDS: '1' }
const rehearsal = join(packageFolder(), 'bin', 'dopant-rehearsal.js')
const partition = { nodes: 1, ranksPerNode: 1, memoryMibPerNode: 50, walltime: '00:10:00' }

/** A site over the server's SSH, with a work folder of its own. */
function describeSite(name: string, scheduler: string, more: Readonly<Record<string, unknown>> = {}): string {
  const workFolder = join(bed, `work of ${name}`)
  const site = {
    transport: { kind: 'ssh', host: name, configFile: client.configFile },
    ...{ scheduler, workFolder, pollSeconds: 1 },
    vasp: { program: process.execPath, args: [rehearsal], version: 'rehearsal' },
    ...more,
  }
  const file = join(environment.XDG_CONFIG_HOME, 'dopant', 'sites.yaml')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, stringify({ [name]: site }))
  return workFolder
}

async function check(name: string) {
  const stdout: string[] = []
  const code = await main(['site', 'check', name, '--json', '--timeout', '60'], {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: () => undefined },
    isTerminal: false,
    cwd: bed,
    environment,
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
  return { code, report: JSON.parse(stdout.join('')) as SiteReport }
}

const client = testClient(join(bed, 'client'))

describe.skipIf(sshdProgram() === undefined)('dopant site check over a real OpenSSH server', () => {
  let server: TestSshd
  const fingerprint = (): string =>
    execFileSync('ssh-keygen', ['-lf', join(bed, 'server', 'host_key.pub')], { encoding: 'utf8' }).split(' ')[1] ?? '?'

  beforeAll(async () => {
    server = await startSshd(join(bed, 'server'), { authorized: client.publicKey })
    client.addHost('cluster', server)
  })
  afterAll(() => server.stop())

  it('shows the fingerprint of an unknown host key, and does not accept it without a person', async () => {
    describeSite('cluster', 'direct')

    const { code, report } = await check('cluster')

    expect(report.probes[0]).toMatchObject({ probe: 'connection', status: 'wrong' })
    expect(report.probes[0]?.found).toContain(fingerprint())
    expect(report.probes[0]?.remedy).toMatch(/Compare the fingerprint/)
    expect(code).toBe(3)
  })

  it('proves the site with a real job, once a person has accepted the key', async () => {
    const workFolder = describeSite('cluster', 'direct')
    const shown: HostKey[] = []
    const person = { acceptHostKey: async (key: HostKey) => shown.push(key) === 1 }
    const { transport } = openSite('cluster', { projectFolder: bed, environment, person })
    await transport.run({ program: 'true', args: [] })
    await transport.close()

    const { code, report } = await check('cluster')

    expect(shown.map((key) => key.fingerprint)).toEqual([fingerprint()])
    expect(report.probes.filter(({ status }) => status === 'wrong')).toEqual([])
    expect({ code, outcome: report.outcome }).toEqual({ code: 0, outcome: 'well' })
    expect(readdirSync(workFolder)).toEqual([])
  })
})

const noSlurm = sshdProgram() === undefined ? 'no OpenSSH server' : await whyNoSlurm()
if (noSlurm !== undefined) console.warn(`skipped: Slurm: ${noSlurm}`)

describe.skipIf(noSlurm !== undefined)('dopant site check with a real Slurm behind SSH', () => {
  let slurm: SlurmBed
  let server: TestSshd

  beforeAll(async () => {
    slurm = await startSlurm()
    const login = { PATH: process.env['PATH'] ?? '', ...slurm.environment }
    server = await startSshd(join(bed, 'login'), { authorized: client.publicKey, environment: login })
    client.addHost('queue', server)
    client.trust(server)
  })
  afterAll(async () => {
    await server?.stop()
    await slurm?.stop()
  })

  it('sends its job through the queue and leaves no folder behind', async () => {
    const scratch = join(bed, 'scratch')
    const workFolder = describeSite('queue', 'slurm', { resources: partition, scratch })

    const { code, report } = await check('queue')

    expect(report.probes.filter(({ status }) => status === 'wrong')).toEqual([])
    expect(report.probes.find(({ probe }) => probe === 'scheduler')?.found).toBe('slurm lists no job of yours')
    expect(report.probes.find(({ probe }) => probe === 'end of time')?.found).toMatch(/as slurm says/)
    expect(report.probes.find(({ probe }) => probe === 'scratch')?.found).toContain(`ran in ${scratch}/dopant-d`)
    expect(code).toBe(0)
    expect([...readdirSync(workFolder), ...readdirSync(scratch)]).toEqual([])
  })

  it('says in Slurm’s words that there is no such partition', async () => {
    describeSite('queue', 'slurm', { resources: { ...partition, partition: 'nowhere' } })

    const { code, report } = await check('queue')

    const job = report.probes.find(({ probe }) => probe === 'test job')
    expect(job?.status).toBe('wrong')
    expect(job?.found).toMatch(/invalid partition/i)
    expect(job?.remedy).toMatch(/partition/)
    expect(code).toBe(1)
  })
})
