import { jobLimits } from '../dispatch/job-limits.ts'
import { readRemoteText } from '../outputs/remote-chunks.ts'
import { ok, skipped, wrong, type Probe } from './probe.ts'

/** Does the job know when it will be ended? Then VASP is asked to stop before. */
export const walltimeProbe: Probe = {
  name: 'end of time',
  needs: ['test job'],
  run: async ({ connection, testRun }) => {
    const { walltimeSeconds, marginSeconds } = jobLimits(connection, 'static')
    const start = (await readRemoteText(connection.transport, `${testRun?.folder ?? ''}/dopant-start`)) ?? ''
    const [, source = '', seconds = ''] = /^ends=(\w+):(\d+)$/m.exec(start) ?? []
    if (walltimeSeconds === undefined && seconds === '') return skipped('nothing ends a job here')
    if (seconds === '') return wrong('the job did not know when it would be ended', `Set resources.walltime of ${connection.site.name}.`)
    const whence = source === 'request' ? 'as it was asked for' : `as ${source} says`
    return ok(`${Number(seconds)} s after its start, ${whence}; VASP is asked to stop ${marginSeconds} s and two steps before`)
  },
}
