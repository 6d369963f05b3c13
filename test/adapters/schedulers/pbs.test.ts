import { describe, expect, it } from 'vitest'
import { pbs } from '../../../src/adapters/schedulers/pbs.ts'
import { torque } from '../../../src/adapters/schedulers/torque.ts'
import {
  type Programs,
  replay,
  runningName,
  type Says,
  schedulerContract,
  type SchedulerSamples,
} from '../../contracts/scheduler-contract.ts'
import { complains, printed } from './fixture.ts'

const ids = { stdout: '101.pbs\n102.pbs\n103[].pbs\n104.pbs\n105.pbs\n106.pbs\n107.pbs\n108.pbs\n' }
const refused = complains('Connection refused\nqselect: cannot connect to server pbs (errno=111)', 111)

function samples(listing: string): SchedulerSamples {
  return {
    listing: { qselect: ids, qstat: printed(listing) },
    running: '101.pbs',
    waiting: '102.pbs',
    odd: '107.pbs',
    empty: { qselect: {}, qstat: complains('must not be called without ids') },
    outages: {
      'the server is down': { qselect: refused, qstat: refused },
      'the server went down between the two questions': {
        qselect: ids,
        qstat: complains('qstat: cannot connect to server pbs (errno=15010)', 255),
      },
      'the answer broke off near 32 KiB': { qselect: ids, qstat: { ...printed(listing), exitCode: 141 } },
      'an error with exit code 0': { qselect: { stderr: 'Connection refused' } },
      'an answer that is no list': { qselect: ids, qstat: { stdout: 'Maintenance until Monday\n' } },
    },
    accepted: {
      'number and server': { says: { stdout: '12345.pbs01\n' }, id: '12345.pbs01' },
      'a long server name': {
        says: { stdout: '68350.mycluster.site.org\n' },
        id: '68350.mycluster.site.org',
      },
      'number only': { says: { stdout: '12345\n' }, id: '12345' },
    },
    refusals: {
      rejected: [
        complains('qsub: Job violates queue and/or server resource limits', 188),
        complains('qsub: Illegal attribute or resource value'),
        complains('qsub: Unauthorized Request', 159),
      ],
      // pbs_error_db.h of Torque and pbs_messages.c of OpenPBS; the last is a submission hook's.
      settings: {
        partition: [
          complains('qsub: Unknown queue', 170),
          complains('qsub: submit error (Unknown queue MSG=cannot locate queue)', 170),
          complains('qsub: Access to queue is denied', 174),
          complains('qsub: Queue is not enabled', 173),
        ],
        account: [
          complains('qsub: submit error (Invalid Account MSG=invalid account)', 1),
          complains('qsub: Unknown project chem-42', 1),
          complains('qsub: the project chem-42 is not valid for you', 1),
        ],
      },
      unwell: [
        complains('Connection refused\nqsub: cannot connect to server pbs (errno=111)', 111),
        complains('qsub: Invalid credential', 171),
        complains('sh: 1: qsub: not found', 127),
      ],
      unknown: [complains('qsub: End of File'), complains('qsub: Connection timed out', 110)],
      limit: [
        complains("qsub: would exceed queue generic's per-user limit of jobs in 'Q' state", 190),
        complains(
          'qsub: submit error (Maximum number of jobs already in queue for user MSG=total number of user jobs)',
          198,
        ),
      ],
    },
    names: { qselect: ids, qstat: printed(listing) },
    killer: 'qdel',
  }
}

schedulerContract(pbs, samples('pbs-qstat-f.txt'))
schedulerContract(torque, samples('torque-qstat-f.txt'))

const wishes = {
  nodes: 2,
  ranksPerNode: 16,
  coresPerRank: 2,
  memoryMibPerNode: 64_000,
  walltimeSeconds: 93_600,
  partition: 'workq',
  account: 'chem',
  exclusive: true,
}

describe('PBS', () => {
  it('asks for chunks of the size of a node', () => {
    expect(pbs.directives('dabc', { ...wishes, constraint: 'cputype=genoa' })).toEqual([
      '#PBS -N dabc',
      '#PBS -S /bin/sh',
      '#PBS -l select=2:ncpus=32:mpiprocs=16:ompthreads=2:mem=64000mb:cputype=genoa',
      '#PBS -l place=scatter:excl',
      '#PBS -l walltime=26:00:00',
      '#PBS -q workq',
      '#PBS -A chem',
      '#PBS -r n',
      '#PBS -o job.out',
      '#PBS -e job.err',
    ])
  })

  it('joins wrapped lines and is not led astray by shell functions among the variables', async () => {
    const jobs = await states({ qselect: ids, qstat: printed('pbs-qstat-f.txt') })

    expect(jobs.get('101.pbs')).toMatchObject({ name: runningName, native: 'R' })
    expect(jobs.get('102.pbs')?.reason).toBe(
      'Not Running: Insufficient amount of resource: ncpus (R: 8 A: 0 T: 16)',
    )
    expect(jobs.get('103[].pbs')).toMatchObject({ name: 'sweep', state: 'running' })
    expect(jobs.get('105.pbs')?.state).toBe('held')
    expect(jobs.get('106.pbs')?.state).toBe('completing')
    expect(jobs.has('108.pbs')).toBe(false)
  })

  it('takes a job that left between the two questions for what it is', async () => {
    const { stdout = '' } = printed('pbs-qstat-f.txt')
    const purged = {
      stdout,
      stderr:
        'qstat: Unknown Job Id 99.pbs\nqstat: 98.pbs Job has finished, use -x or -H to obtain historical job information\n',
      exitCode: 35,
    }

    expect((await states({ qselect: ids, qstat: purged })).size).toBe(7)
    const all = { stderr: 'qstat: Unknown Job Id 99.pbs\n', exitCode: 153 }
    expect((await states({ qselect: ids, qstat: all })).size).toBe(0)
  })

  it('knows what PBS says will never run', async () => {
    const jobs = await states({ qselect: ids, qstat: printed('pbs-qstat-f.txt') })
    const never = [...jobs].filter(([, job]) => pbs.neverRunsReason?.(job) !== undefined).map(([id]) => id)

    expect(never).toEqual(['104.pbs'])
  })

  it('reads how jobs ended from their history', async () => {
    expect(await ends(pbs, printed('pbs-qstat-xf.txt'))).toEqual([
      ['1.pbs', 'completed', 0],
      ['2.pbs', 'failed', 7],
      ['3.pbs', 'walltime', undefined],
      ['4.pbs', 'out-of-memory', undefined],
      ['5.pbs', 'cancelled', 143],
      ['6.pbs', 'cancelled', undefined],
      ['7.pbs', 'failed', 139],
    ])
  })

  it('knows nothing where the site keeps no history', async () => {
    expect(await ends(pbs, complains('qstat: PBS is not configured to maintain job history', 1))).toEqual([])
    expect(await ends(pbs, complains('qstat: Unknown Job Id 1.pbs', 153))).toEqual([])
    await expect(ends(pbs, refused)).rejects.toMatchObject({ code: 'SCHEDULER_UNWELL' })
  })
})

describe('Torque', () => {
  it('asks for nodes and cores, and for memory of the whole job', () => {
    expect(torque.directives('dabc', { ...wishes, qos: 'high', constraint: 'ib' })).toEqual([
      '#PBS -N dabc',
      '#PBS -S /bin/sh',
      '#PBS -l nodes=2:ppn=32:ib',
      '#PBS -l mem=128000mb',
      '#PBS -n',
      '#PBS -l walltime=26:00:00',
      '#PBS -l qos=high',
      '#PBS -q workq',
      '#PBS -A chem',
      '#PBS -r n',
      '#PBS -o job.out',
      '#PBS -e job.err',
    ])
  })

  it('never asks with -x, which is XML there, and has negative codes of its own', async () => {
    expect(torque.finalStateCommand(['1.host'])?.args[1]).not.toContain('-x')
    expect(await ends(torque, printed('torque-qstat-f-ended.txt'))).toEqual([
      ['1.host', 'completed', 0],
      ['2.host', 'failed', 7],
      ['3.host', 'walltime', undefined],
      ['4.host', 'out-of-memory', undefined],
      ['5.host', 'cancelled', 143],
    ])
  })
})

async function states(programs: Programs) {
  return pbs.readStates(await replay(pbs.statusCommand(), programs))
}

async function ends(dialect: typeof pbs, says: Says) {
  const command = dialect.finalStateCommand(['1.pbs'])
  if (command === undefined || dialect.readFinalStates === undefined) throw new Error('PBS keeps a history')
  const ended = dialect.readFinalStates(await replay(command, { qstat: says }))
  return [...ended].map(([id, { reason, exitCode }]) => [id, reason, exitCode])
}
