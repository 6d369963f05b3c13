import { readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { lsf } from '../../../src/adapters/schedulers/lsf.ts'
import { pbs } from '../../../src/adapters/schedulers/pbs.ts'
import { sge } from '../../../src/adapters/schedulers/sge.ts'
import { slurm } from '../../../src/adapters/schedulers/slurm.ts'
import { torque } from '../../../src/adapters/schedulers/torque.ts'
import { ownIdWord } from '../../../src/app/dispatch/job-files.ts'
import { jobFolder, runJob } from './job-fixture.ts'

/** What a job sees that was submitted from inside an allocation of another batch system, and of another job. */
const everyone = {
  SLURM_JOB_ID: '1',
  PBS_JOBID: '2.server',
  JOB_ID: '3',
  LSB_JOBID: '4',
}

describe('the id with which a job claims its attempt', () => {
  it.each([
    [slurm, '1'],
    [pbs, '2.server'],
    [torque, '2.server'],
    [sge, '3'],
    [lsf, '4'],
  ] as const)('is that of the own batch system, whatever others have set: $name', async (scheduler, id) => {
    const folder = await jobFolder({ vasp: 'true', ownId: ownIdWord(scheduler) })

    await runJob(folder, everyone)

    expect(readlinkSync(join(folder, 'dopant-claim'))).toBe(id)
  })

  it('is the number of its process where there is no batch system', async () => {
    const folder = await jobFolder({ vasp: 'true', ownId: ownIdWord(direct) })

    await runJob(folder, everyone)

    expect(readlinkSync(join(folder, 'dopant-claim'))).toMatch(/^\d{2,}$/)
  })
})
