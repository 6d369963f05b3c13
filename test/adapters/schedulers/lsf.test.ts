import { describe, expect, it } from 'vitest'
import { lsf } from '../../../src/adapters/schedulers/lsf.ts'
import {
  replay,
  runningName,
  schedulerContract,
  waitingName,
  type Says,
} from '../../contracts/scheduler-contract.ts'
import { complains, printed } from './fixture.ts'

schedulerContract(lsf, {
  listing: { bjobs: printed('lsf-bjobs.txt') },
  running: '764245175',
  waiting: '764220165',
  odd: '764220169',
  empty: { bjobs: complains('No unfinished job found', 255) },
  outages: {
    'LSF is down': { bjobs: complains('LSF is down. Please wait ...', 255) },
    'the batch daemon does not answer': {
      bjobs: complains('batch daemon not responding ... still trying', 255),
    },
    'an error with exit code 0': {
      bjobs: complains('Failed in an LSF library call: Slave LIM configuration is not ready yet', 0),
    },
    'no job in one breath with an error': {
      bjobs: complains('No unfinished job found\nCannot connect to LSF. Please wait ...', 255),
    },
    'an answer that is no list': { bjobs: { stdout: 'Maintenance until Monday\n' } },
  },
  accepted: {
    'a named queue': { says: { stdout: 'Job <764254593> is submitted to queue <test>.\n' }, id: '764254593' },
    'the default queue': { says: { stdout: 'Job <1> is submitted to default queue <normal>.\n' }, id: '1' },
  },
  refusals: {
    rejected: [
      complains('Request aborted by esub. Job not submitted.', 255),
      complains('Bad resource requirement syntax. Job not submitted.', 255),
    ],
    // The texts of lsberrno; the last is an esub's.
    settings: {
      partition: [
        complains('nosuch: No such queue. Job not submitted.', 255),
        complains('night: User cannot use the queue. Job not submitted.', 255),
        complains('night: Queue has been closed. Job not submitted.', 255),
      ],
      account: [
        complains('chem: Invoker is not in specified project group. Job not submitted.', 255),
        complains('Invalid project: chem-42\nRequest aborted by esub. Job not submitted.', 255),
      ],
    },
    unwell: [
      complains('LSF is down. Please wait ...', 255),
      complains('Cannot connect to LSF. Please wait ...', 255),
    ],
    unknown: [complains('Connection reset by peer', 255), { exitCode: 0, stdout: '' }],
    limit: [
      complains('Pending job threshold reached. Retrying in 60 seconds...', 255),
      complains("User's job slot limit reached. Job not submitted.", 255),
    ],
  },
  names: { bjobs: { stdout: `764245175|0|${runningName}\n764220165|0|${waitingName}\n764220166|3|sweep\n` } },
  killer: 'bkill',
})

describe('LSF', () => {
  it('asks for ranks and how many of them share a host', () => {
    const resources = {
      nodes: 2,
      ranksPerNode: 16,
      coresPerRank: 2,
      memoryMibPerNode: 64_000,
      walltimeSeconds: 5430,
      partition: 'normal',
      account: 'chem',
      exclusive: true,
      constraint: 'avx512 && mem>64000',
    }

    expect(lsf.directives('dabc', resources)).toEqual([
      '#BSUB -J dabc',
      '#BSUB -n 32',
      '#BSUB -R "span[ptile=16]"',
      '#BSUB -R "affinity[core(2)]"',
      '#BSUB -R "rusage[mem=64000MB]"',
      '#BSUB -R "select[avx512 && mem>64000]"',
      '#BSUB -W 1:31',
      '#BSUB -x',
      '#BSUB -q normal',
      '#BSUB -P chem',
      '#BSUB -rn',
      '#BSUB -o job.out',
      '#BSUB -e job.err',
    ])
  })

  it('keeps jobs apart from reasons that go on in a second line and names with blanks', async () => {
    const jobs = lsf.readStates(await replay(lsf.statusCommand(), { bjobs: printed('lsf-bjobs.txt') }))

    expect([...jobs].map(([id, { native, state }]) => [id, native, state])).toEqual([
      ['764245175', 'RUN', 'running'],
      ['764220165', 'PEND', 'queued'],
      ['764220166[3]', 'PEND', 'queued'],
      ['764220167', 'PSUSP', 'held'],
      ['764220168', 'SSUSP', 'suspended'],
      ['764220169', 'UNKWN', 'unknown'],
      ['764220171', 'PEND', 'queued'],
      ['764220172', 'RUN', 'running'],
    ])
    expect(jobs.get('764220165')?.reason).toContain('12 hosts')
    const never = [...jobs].filter(([, job]) => lsf.neverRunsReason?.(job) !== undefined).map(([id]) => id)
    expect(never).toEqual(['764220171'])
  })

  it('finds no job of a name without taking that for an outage', async () => {
    const output = await replay(lsf.findByNameCommand('dgone'), {
      bjobs: complains('Job <dgone> is not found', 255),
    })

    expect(lsf.readStates(output).size).toBe(0)
  })

  it('reads how jobs ended while LSF remembers them; one that it forgot does not hide the others', async () => {
    const { stdout = '' } = printed('lsf-bjobs-a.txt')

    expect(await ends({ stdout, stderr: 'Job <99> is not found\n', exitCode: 255 })).toEqual([
      ['1', 'completed', 0],
      ['2', 'failed', 7],
      ['3', 'walltime', 140],
      ['4', 'out-of-memory', 130],
      ['5', 'cancelled', 130],
      ['6', 'preempted', 130],
    ])
  })
})

async function ends(says: Says) {
  const command = lsf.finalStateCommand(['1', '99'])
  if (command === undefined || lsf.readFinalStates === undefined) throw new Error('LSF remembers')
  const ended = lsf.readFinalStates(await replay(command, { bjobs: says }))
  return [...ended].map(([id, { reason, exitCode }]) => [id, reason, exitCode])
}
