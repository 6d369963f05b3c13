import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { packageFolder } from '../../../src/adapters/config/package-folder.ts'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { checkSite } from '../../../src/app/site-check/check-site.ts'
import { jobProbe } from '../../../src/app/site-check/job-probe.ts'
import type { SiteCheck } from '../../../src/app/site-check/probe.ts'
import type { Scheduler } from '../../../src/ports/scheduler.ts'
import type { Site } from '../../../src/ports/site.ts'
import { SiteUnreachableError } from '../../../src/ports/transport-errors.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A site whose VASP is a shell script. */
function siteWith(vasp: string, options: { scheduler?: Scheduler; transport?: Transport; signal?: AbortSignal } = {}): SiteCheck {
  const workFolder = temporaryFolder()
  const program = join(temporaryFolder(), 'vasp_script')
  writeFileSync(program, `#!/bin/sh\n${vasp}\n`)
  chmodSync(program, 0o755)
  const site: Site = {
    name: 'test',
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder,
    maxJobs: 1,
    pollSeconds: 1,
    graceSeconds: 1,
    vasp: { program, args: [], version: 'rehearsal' },
    prologue: [],
    environment: {},
    method: 'rehearsal',
  }
  return {
    connection: { site, transport: options.transport ?? localTransport(), scheduler: options.scheduler ?? direct },
    templates: handlebarsTemplates({ folders: [join(packageFolder(), 'templates')] }),
    clock: systemClock,
    signal: options.signal ?? new AbortController().signal,
    jobTimeoutSeconds: 20,
    say: () => undefined,
  }
}

describe('the test job', () => {
  it('is cancelled when the batch system says that it will never run', async () => {
    const scheduler: Scheduler = { ...direct, neverRunsReason: () => 'the account has no hours left' }
    const check = siteWith('exec sleep 300', { scheduler })

    const finding = await jobProbe.run(check)

    expect(finding.status).toBe('wrong')
    expect(finding.found).toMatch(/will never run: the account has no hours left; it was cancelled/)
    await expect.poll(() => jobsOfCheck(check), { timeout: 5000 }).toBe(0)
  })

  it('is cancelled when the person interrupts', async () => {
    const interrupt = new AbortController()
    const check = siteWith('exec sleep 300', { signal: interrupt.signal })
    setTimeout(() => interrupt.abort(), 1000)

    const finding = await jobProbe.run(check)

    expect(finding.found).toMatch(/cancelled, because the check was interrupted/)
    await expect.poll(() => jobsOfCheck(check), { timeout: 5000 }).toBe(0)
  })

  it('is given up when it left the queue without a word', async () => {
    // The job's shell is killed outright, as by a node that dies.
    const finding = await jobProbe.run(siteWith('kill -9 $PPID; sleep 0.1'))

    expect(finding.found).toMatch(/left the queue without telling its end/)
    expect(finding.remedy).toMatch(/compute nodes/)
  })

  it('without an OUTCAR is no success, whatever its exit code', async () => {
    const finding = await jobProbe.run(siteWith('exit 0'))

    expect(finding).toMatchObject({ status: 'wrong', found: expect.stringMatching(/left no OUTCAR/) as string })
  })

  it('is refused in words of the batch system', async () => {
    const refusing: Scheduler = { ...direct, submitCommand: () => ({ program: 'sh', args: ['-c', 'exit 72'] }) }
    const check = siteWith('exit 0', { scheduler: refusing })

    const finding = await jobProbe.run(check)

    expect(finding.status).toBe('wrong')
    expect(finding.found).toMatch(/direct rejected the job/)
    expect(finding.remedy).toMatch(/resources/)
  })

  it('may be in the queue although nobody said so, and is then named', async () => {
    const silent: Scheduler = { ...direct, submitCommand: () => ({ program: 'sh', args: ['-c', 'exit 1'] }) }

    const finding = await jobProbe.run(siteWith('exit 0', { scheduler: silent }))

    expect(finding.found).toMatch(/not known whether direct accepted the job/)
    expect(finding.remedy).toMatch(/Look for a job named d[a-z2-7]{14} and cancel it/)
  })

  it('outlives a moment without connection', async () => {
    const here = localTransport()
    let looks = 0
    const shaky: Transport = {
      ...here,
      run: (command, options) => {
        const isLook = command.args.includes('dopant-look')
        if (isLook && ++looks < 3) return Promise.reject(new SiteUnreachableError('test', 'the line was cut'))
        return here.run(command, options)
      },
    }

    const finding = await jobProbe.run(siteWith('exit 9', { transport: shaky }))

    expect(looks).toBeGreaterThanOrEqual(3)
    expect(finding.found).toMatch(/exit code 9/)
  })
})

describe('a whole check', () => {
  it('is unreachable when the line is cut on the way, and says where', async () => {
    const here = localTransport()
    const cut: Transport = {
      ...here,
      run: (command) =>
        command.program === 'df' ? Promise.reject(new SiteUnreachableError('test', 'the line was cut')) : here.run(command),
    }

    const report = await checkSite(siteWith('exit 0', { transport: cut }), { withJob: false, onProbe: () => undefined })

    expect(report.outcome).toBe('unreachable')
    expect(report.probes.find(({ probe }) => probe === 'free space')?.found).toMatch(/the line was cut/)
  })
})

/** Running jobs of this check: its folder is in their command lines. */
async function jobsOfCheck({ connection: { site, transport } }: SiteCheck): Promise<number> {
  const folder = readdirSync(site.workFolder).find((name) => name.startsWith('site-check-')) ?? 'none'
  if (!existsSync(join(site.workFolder, folder))) return 0
  const { stdout } = await transport.run({ program: 'ps', args: ['-e', '-ww', '-o', 'args='] })
  return stdout.split('\n').filter((line) => line.includes(`${folder}/job.sh`)).length
}
