import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { schedulers } from '../../../src/adapters/schedulers/schedulers.ts'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { clockProbe } from '../../../src/app/site-check/clock-probe.ts'
import { potcarProbe } from '../../../src/app/site-check/potcar-probe.ts'
import type { SiteCheck } from '../../../src/app/site-check/probe.ts'
import { baderProbe, vaspProbe, vaspWords } from '../../../src/app/site-check/program-probes.ts'
import { fileSystemProbe } from '../../../src/app/site-check/file-system-probe.ts'
import { quotaProbe, readQuota } from '../../../src/app/site-check/quota-probe.ts'
import { readSpace } from '../../../src/app/site-check/space-probe.ts'
import { testCalculation, testStructure } from '../../../src/app/site-check/test-calculation.ts'
import { vdwKernelProbe } from '../../../src/app/site-check/vdw-kernel-probe.ts'
import { needsKernelFile } from '../../../src/vasp/input/kernel-file.ts'
import { workFolderProbe } from '../../../src/app/site-check/work-folder-probe.ts'
import type { Site } from '../../../src/ports/site.ts'
import { prepareStatic } from '../../../src/workflow/steps/static.ts'
import { unrelaxed } from '../../../src/workflow/steps/step-kind.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A workstation with VASP 6.4.2, as far as it is described; everything runs on this machine. */
function siteCheck(described: Partial<Site> = {}): SiteCheck {
  const site: Site = {
    name: 'workstation',
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder: temporaryFolder(),
    maxJobs: 1,
    pollSeconds: 1,
    graceSeconds: 1,
    vasp: { program: 'vasp_std', args: [], version: '6.4.2' },
    prologue: [],
    environment: {},
    method: 'dft',
    ...described,
  }
  return {
    connection: { site, transport: localTransport(), scheduler: schedulers[site.scheduler] },
    templates: handlebarsTemplates({ folders: [] }),
    clock: systemClock,
    signal: new AbortController().signal,
    jobTimeoutSeconds: 10,
    say: () => undefined,
  }
}

describe('the clock probe', () => {
  it.each([
    [0, 'ok', /within/],
    [86_400, 'wrong', /864\d\d s behind here/],
    [-86_400, 'wrong', /8\d{4} s ahead of here/],
  ])('with this machine %i s ahead is %s', async (aheadSeconds, status, words) => {
    const clock = { ...systemClock, now: () => new Date(Date.now() + aheadSeconds * 1000) }

    const finding = await clockProbe.run({ ...siteCheck(), clock })

    expect(finding.status).toBe(status)
    expect(finding.found).toMatch(words)
  })
})

describe('the work folder probe', () => {
  it('makes a missing folder and leaves nothing else in it', async () => {
    const workFolder = join(temporaryFolder(), "it's new", 'work')

    const finding = await workFolderProbe.run(siteCheck({ workFolder }))

    expect(finding).toEqual({ status: 'ok', found: `${workFolder} takes files, renaming and links (made now)` })
    const { stdout } = await localTransport().run({ program: 'ls', args: ['-A', workFolder] })
    expect(stdout).toBe('')
  })
})

describe('reading df -Pk', () => {
  it('takes blanks in the names of file systems and mount points', () => {
    const stdout = 'Filesystem 1024-blocks Used Available Capacity Mounted on\nnas:/my data 1000 900 100 90% /mnt/my data\n'

    expect(readSpace(stdout)).toEqual({ freeKib: 100, usedPercent: 90, mount: '/mnt/my data' })
  })

  it('takes a full file system, whose free blocks are reserved', () => {
    expect(readSpace('/dev/sda 1000 1005 -5 101% /')?.freeKib).toBe(-5)
  })

  it('has no answer for anything else', () => {
    expect(readSpace('df: /nowhere: No such file or directory\n')).toBeUndefined()
  })
})

describe('the programs that are looked for', () => {
  it('are the launcher and the program that it launches', () => {
    expect(vaspWords({ program: 'mpirun', args: ['-np', '16', '/opt/vasp/bin/vasp_std'] })).toEqual(['mpirun', '/opt/vasp/bin/vasp_std'])
    expect(vaspWords({ program: '/opt/bin/vasp_gam', args: [] })).toEqual(['/opt/bin/vasp_gam'])
  })

  it('are the launcher alone where VASP lies in a container', () => {
    expect(vaspWords({ program: 'srun', args: ['apptainer', 'exec', 'vasp.sif', 'vasp_std'] })).toEqual(['srun'])
  })

  it('are found after the prologue has changed the PATH, whatever it prints', async () => {
    const bin = temporaryFolder()
    writeFileSync(join(bin, 'vasp_std'), '#!/bin/sh\n')
    chmodSync(join(bin, 'vasp_std'), 0o755)

    const before = await vaspProbe.run(siteCheck())
    const after = await vaspProbe.run(siteCheck({ prologue: ['printf "Loading vasp"', `PATH=${bin}:$PATH`] }))

    expect(before.status).toBe('wrong')
    expect(after).toEqual({ status: 'ok', found: join(bin, 'vasp_std') })
  })

  it('may lack bader, which is said and is no fault', async () => {
    expect(await baderProbe.run(siteCheck())).toMatchObject({ status: 'skipped', found: expect.stringMatching(/charges/) as string })
    expect((await baderProbe.run(siteCheck({ bader: { program: '/nowhere/bader', args: [] } }))).status).toBe('wrong')
  })
})

describe('the kernel of the van der Waals functional', () => {
  it.each([
    ['5.4.4', true],
    ['6.3.2', true],
    ['6.4.2', true],
    ['6.4.3', false],
    ['6.5.0', false],
    ['7.0', false],
  ])('is read from a file by VASP %s: %s', (version, isNeeded) => {
    expect(needsKernelFile(version)).toBe(isNeeded)
  })

  it('must be a file with something in it', async () => {
    const path = join(temporaryFolder(), 'vdw_kernel.bindat')
    const missing = await vdwKernelProbe.run(siteCheck({ vdwKernelPath: path }))
    writeFileSync(path, '')
    const empty = await vdwKernelProbe.run(siteCheck({ vdwKernelPath: path }))
    writeFileSync(path, 'kernel')
    const there = await vdwKernelProbe.run(siteCheck({ vdwKernelPath: path }))

    expect([missing.status, empty.status, there.status]).toEqual(['wrong', 'wrong', 'ok'])
    expect((await vdwKernelProbe.run(siteCheck())).remedy).toMatch(/vdwKernelPath of workstation/)
  })
})

describe('the POTCAR library', () => {
  const title = (text: string): string => `   TITEL  = ${text}\n`

  it('may hold plain and packed datasets, in folders or by name', async () => {
    const potcarLibrary = temporaryFolder()
    writeFileSync(join(potcarLibrary, 'POTCAR.Mn_pv'), title('PAW_PBE Mn_pv 02Aug2007'))
    mkdirSync(join(potcarLibrary, 'O'))
    writeFileSync(join(potcarLibrary, 'O', 'POTCAR.gz'), gzipSync(title('PAW_PBE O 08Apr2002')))

    const finding = await potcarProbe.run(siteCheck({ potcarLibrary }))

    expect(finding).toEqual({ status: 'ok', found: 'PAW_PBE Mn_pv 02Aug2007, PAW_PBE O 08Apr2002' })
  })

  it('is refused when a dataset is missing or of another functional', async () => {
    const potcarLibrary = temporaryFolder()
    writeFileSync(join(potcarLibrary, 'POTCAR.Mn_pv'), title('PAW Mn_pv 02Aug2007'))

    const finding = await potcarProbe.run(siteCheck({ potcarLibrary }))

    expect(finding).toMatchObject({ status: 'wrong', found: `${potcarLibrary}: Mn_pv is "PAW Mn_pv 02Aug2007", no dataset O` })
  })

  it('is refused when it is no folder', async () => {
    const finding = await potcarProbe.run(siteCheck({ potcarLibrary: '/nowhere/potpaw' }))

    expect(finding.status).toBe('wrong')
  })
})

describe('the test calculation', () => {
  const input = prepareStatic(testCalculation.settings, testStructure, unrelaxed)

  it('is one electronic loop with optB86b-vdW, +U and spin', () => {
    expect(input.incar).toMatchObject({ NSW: 0, GGA: 'MK', LUSE_VDW: true, AGGAC: 0, LDAU: true, LDAUU: [4.5, 0], ISPIN: 2 })
    expect(input.needsVdwKernel).toBe(true)
  })

  it('has the electrons of Mn_pv (3p6 3d5 4s2) and O (2s2 2p4)', () => {
    expect(input.electronCount).toBe(13 + 6)
    expect(testCalculation.electronCount).toBe(19)
  })

  it('asks for no higher cut-off than its datasets need', () => {
    expect(input.notes.filter((note) => /ENCUT/.test(note))).toEqual([])
  })

  it('has Mn and O as far apart as in rock salt, 2.22 Å', () => {
    const [a] = testStructure.lattice
    expect(Math.hypot(...a) / Math.SQRT2).toBeCloseTo(2.2225, 4)
  })
})

describe('the quota probe', () => {
  it('takes the soft limit, else the hard one, and nothing where nothing is limited', () => {
    expect(readQuota('quota 100 500 600\n')).toEqual({ usedKib: 100, limitKib: 500 })
    expect(readQuota('quota 100 0 600\n')).toEqual({ usedKib: 100, limitKib: 600 })
    expect(readQuota('quota 100 0 0\n')).toBeUndefined()
    expect(readQuota('')).toBeUndefined()
  })

  it.each([
    ['Lustre', 'lfs', '     .  943718400* 0 943718400 - 10 0 0 -', /900\.0 of 900\.0 GiB used/],
    ['NFS', 'quota', 'Disk quotas for user me (uid 1000):\n     Filesystem  blocks   quota   limit   grace\n  nas:/home 94371840 104857600 115343360', /90\.0 of 100\.0 GiB used/],
  ])('reads what the command of %s prints', async (_, program, printed, words) => {
    const bin = temporaryFolder()
    writeFileSync(join(bin, program), `#!/bin/sh\ncat <<'end'\n${printed}\nend\n`)
    chmodSync(join(bin, program), 0o755)
    const check = siteCheck()
    const here = check.connection.transport
    const transport = { ...here, run: (command: Parameters<typeof here.run>[0]) => here.run({ program: 'env', args: [`PATH=${bin}:/usr/bin:/bin`, command.program, ...command.args] }) }

    const finding = await quotaProbe.run({ ...check, connection: { ...check.connection, transport } })

    expect(finding).toMatchObject({ status: 'wrong', found: expect.stringMatching(words) as string })
  })
})

describe('the file system probe', () => {
  it('names what the work folder lies on', async () => {
    const finding = await fileSystemProbe.run(siteCheck({ scratchPurgeDays: 30 }))

    expect(finding).toMatchObject({ status: 'ok', found: expect.stringMatching(/^\w.*, removed after 30 days$/) as string })
  })
})
