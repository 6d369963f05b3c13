import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { runningName, schedulerContract } from '../../contracts/scheduler-contract.ts'
import { complains } from './fixture.ts'

const processes = `    1 Ss   /sbin/init
  771 Ss   sh /scratch/my jobs/attempt-1/job.sh ${runningName}
  772 S    mpirun -np 4 vasp_std
  773 Ts   sh /scratch/b/job.sh dstoppedjobxxxx
  774 Zs   [sh] <defunct>
  775 S    setsid sh /scratch/c/job.sh dstartingxxxxxx
`

schedulerContract(direct, {
  listing: { ps: { stdout: processes } },
  running: '771',
  empty: { ps: { stdout: '    1 Ss   /sbin/init\n' } },
  outages: { 'no process can be started': { ps: complains('sh: 1: Cannot fork', 2) }, 'no list': { ps: {} } },
  accepted: { 'a process id': { says: { stdout: '4711\n' }, id: '4711' } },
  refusals: {
    rejected: [{ exitCode: 72 }],
    settings: {},
    unwell: [],
    unknown: [complains('sh: 1: Cannot fork', 2)],
    limit: [],
  },
  names: {},
})
