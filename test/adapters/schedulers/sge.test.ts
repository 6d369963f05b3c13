import { describe, expect, it } from 'vitest'
import { sge } from '../../../src/adapters/schedulers/sge.ts'
import { replay, schedulerContract, type Says } from '../../contracts/scheduler-contract.ts'
import { complains, printed } from './fixture.ts'

const refused =
  'error: commlib error: got select error (Connection refused)\n' +
  'error: unable to send message to qmaster using port 6444 on host "vm": got send error'

schedulerContract(
  sge,
  {
    listing: { qstat: printed('sge-qstat.xml') },
    running: '18',
    waiting: '19',
    odd: '25',
    empty: { qstat: printed('sge-qstat-empty.xml') },
    outages: {
      'the qmaster is down': { qstat: complains(refused) },
      'the same with exit code 0': { qstat: complains(refused, 0) },
      'nothing at all, with exit code 0': { qstat: {} },
      'XML without its end': { qstat: { stdout: "<?xml version='1.0'?>\n<job_info>\n<queue_info>\n" } },
      'the odd XML about an unknown job': {
        qstat: {
          stdout: "<?xml version='1.0'?>\n<unknown_jobs>\n<>\n<ST_name>1</ST_name>\n</>\n</unknown_jobs>",
        },
      },
    },
    accepted: {
      terse: { says: { stdout: '2\n' }, id: '2' },
      'terse, of an array': { says: { stdout: '31.1-5:1\n' }, id: '31' },
      'a sentence': { says: { stdout: 'Your job 1 ("s1.sh") has been submitted\n' }, id: '1' },
      'a sentence about an array': {
        says: { stdout: 'Your job-array 32.1-3:1 ("arr.sh") has been submitted\n' },
        id: '32',
      },
    },
    refusals: {
      rejected: [
        complains('Unable to run job: unknown resource "nosuch".\nExiting.'),
        complains(
          'Unable to run job: denied: "1abc" is not a valid object name (cannot start with a digit).\nExiting.',
        ),
      ],
      // Queue and environment seen with 8.1.9; the project's from msg_qmaster.h and msg_common.h.
      settings: {
        partition: [complains('Unable to run job: Job was rejected because job requests unknown queue "nosuch".\nExiting.')],
        parallelEnvironment: [complains('Unable to run job: job rejected: the requested parallel environment "nosuch" does not exist.\nExiting.')],
        account: [
          complains('Unable to run job: job rejected: the requested project "nosuch" does not exist.\nExiting.'),
          complains('Unable to run job: job rejected: no access to project "chem" for user "me".\nExiting.'),
        ],
      },
      unwell: [
        complains(refused),
        complains('critical error: sge_gethostbyname failed'),
        complains('sh: 1: qsub: not found', 127),
      ],
      unknown: [
        complains(
          'error: failed receiving gdi request response for mid=1 (got syncron message receive timeout error).',
        ),
        complains('Unable to run job: got read error (closing "vm/qmaster/1")\nExiting.'),
      ],
      limit: [
        complains(
          'Unable to run job: job rejected: Only 50 jobs are allowed per user (current job count: 50).\nExiting.',
        ),
      ],
    },
    names: { qstat: printed('sge-qstat-r.txt') },
    killer: 'qdel',
  },
  { parallelEnvironment: 'mpi' },
)

describe('Grid Engine', () => {
  it('asks for slots of a parallel environment and for memory by slot', () => {
    const resources = {
      nodes: 2,
      ranksPerNode: 16,
      memoryMibPerNode: 64_000,
      walltimeSeconds: 3600,
      partition: 'all.q',
      account: 'chem',
      exclusive: true,
      parallelEnvironment: 'mpi-16',
      constraint: 'infiniband=true',
    }

    expect(sge.directives('dabc', resources)).toEqual([
      '#$ -N dabc',
      '#$ -S /bin/sh',
      '#$ -cwd',
      '#$ -pe mpi-16 32',
      '#$ -l h_rt=3600',
      '#$ -l mem_free=4000M',
      '#$ -l infiniband=true',
      '#$ -l exclusive=true',
      '#$ -q all.q',
      '#$ -P chem',
      '#$ -r n',
      '#$ -notify',
      '#$ -o job.out',
      '#$ -e job.err',
    ])
  })

  it('needs no parallel environment for one slot, and says when it needs one', () => {
    const one = { nodes: 1, ranksPerNode: 1, walltimeSeconds: 60 }

    expect(sge.directives('dabc', one).join('\n')).not.toContain('-pe')
    expect(() => sge.directives('dabc', { ...one, ranksPerNode: 8 })).toThrow(
      /8 slots need a parallel environment/,
    )
  })

  it('reads letters that combine', async () => {
    const jobs = sge.readStates(await replay(sge.statusCommand(), { qstat: printed('sge-qstat.xml') }))

    expect([...jobs].map(([id, { native, state }]) => [id, native, state])).toEqual([
      ['18', 'r', 'running'],
      ['20', 'dr', 'completing'],
      ['22', 'Rr', 'running'],
      ['23', 's', 'suspended'],
      ['32.1', 't', 'running'],
      ['19', 'qw', 'queued'],
      ['21', 'Eqw', 'held'],
      ['24', 'hqw', 'held'],
      ['25', 'c', 'unknown'],
      ['32.3-5:1', 'qw', 'queued'],
    ])
    expect(jobs.get('25')?.name).toBe('R&D <first>')
    const never = [...jobs].filter(([, job]) => sge.neverRunsReason?.(job) !== undefined).map(([id]) => id)
    expect(never).toEqual(['21'])
  })

  it('reads from accounting how jobs ended; a restart is no end, and the last record counts', async () => {
    expect(await ends(printed('sge-qacct.txt'))).toEqual([
      ['1', 'completed', 0],
      ['2', 'failed', 7],
      ['3', 'walltime', 137],
      ['4', 'cancelled', 137],
      ['5', 'failed', 139],
      ['7', 'completed', 0],
      ['8', 'cancelled', 140],
    ])
  })

  it('knows nothing of a job whose record is not written yet', async () => {
    expect(await ends(complains('error: job id 1 not found'))).toEqual([])
  })

  it('knows nothing where no job has ended yet, or where the login node does not see the records', async () => {
    const says = complains('/opt/sge/default/common/accounting: No such file or directory')

    expect(await ends(says)).toEqual([])
  })
})

async function ends(says: Says) {
  const command = sge.finalStateCommand(['1'])
  if (command === undefined || sge.readFinalStates === undefined)
    throw new Error('Grid Engine has accounting')
  const ended = sge.readFinalStates(await replay(command, { qacct: says }))
  return [...ended].map(([id, { reason, exitCode }]) => [id, reason, exitCode])
}
