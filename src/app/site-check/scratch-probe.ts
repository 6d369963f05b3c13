import { readRemoteText } from '../outputs/remote-chunks.ts'
import { ok, skipped, wrong, type Probe } from './probe.ts'

/** Did the test job run in the scratch folder, and did everything come home? Only a compute node can tell. */
export const scratchProbe: Probe = {
  name: 'scratch',
  needs: ['test job'],
  run: async ({ connection: { site, transport }, testRun }) => {
    if (site.scratch === undefined) return skipped('no scratch folder is set: jobs run in the work folder')
    const folder = testRun?.folder ?? ''
    const start = (await readRemoteText(transport, `${folder}/dopant-start`)) ?? ''
    const end = (await readRemoteText(transport, `${folder}/dopant-end`)) ?? ''
    const left = /^scratch=(.+)$/m.exec(end)?.[1]
    if (left !== undefined) return wrong(`not everything came home; it stays in ${left}`, 'Make room in the work folder, then remove that folder.')
    const [, host = '', path = ''] = /^scratch=([^:\n]+):(.+)$/m.exec(start) ?? []
    if (path === '') return wrong('the job did not run there', `Compare scratch of ${site.name} with job.err in ${folder}.`)
    return ok(`ran in ${path} on ${host}, all files came home`)
  },
}
