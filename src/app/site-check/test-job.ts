import { resourcesOfStep } from '../../ports/resources.ts'
import type { NativeId } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { attemptFiles } from '../dispatch/job-files.ts'
import { submitOnceScript } from '../dispatch/submit-once-script.ts'
import { attemptToken } from '../engine/token.ts'
import type { SiteCheck } from './probe.ts'
import { testCalculation } from './test-calculation.ts'

/** The test job on the site: where it lies, what it is called, which number it has. */
export interface SubmittedTest {
  readonly folder: string
  readonly token: string
  readonly id: NativeId
}

/** Long enough for seconds of work, short enough to be filled into a gap of the queue. */
const longestWalltimeSeconds = 900

/**
 * Writes the folder of the test job, as for any calculation, and submits it once.
 *
 * @throws whatever staging, the transport and the scheduler's `readNativeId` throw
 */
export async function submitTest(check: SiteCheck, onStaged: (folder: string) => void): Promise<SubmittedTest> {
  const { connection, clock } = check
  const { site, scheduler, transport } = connection
  const token = attemptToken('site-check', `${site.name} ${clock.now().toISOString()}`, 1)
  const folder = `${site.workFolder}/site-check-${token}`
  const { files } = await attemptFiles({ store: noEarlierRuns, templates: check.templates }, withShortWalltime(connection), recordOf(connection, token, folder, clock.now()))
  await transport.upload(files, folder)
  onStaged(folder)
  const command = scheduler.submitCommand(`${folder}/job.sh`)
  const args = ['-c', submitOnceScript, 'dopant-submit', folder, command.program, ...command.args]
  const output = await transport.run({ program: 'sh', args })
  return { folder, token, id: scheduler.readNativeId(output) }
}

/** What earlier attempts left: a test has none. */
const noEarlierRuns = {
  calculation: async () => undefined,
  result: async () => undefined,
  attempts: async () => [],
  acceptedCorrections: async () => [],
}

/** The site's own nodes and ranks, because the launch line may count on them; less time. */
function withShortWalltime(connection: SiteConnection): SiteConnection {
  const resources = resourcesOfStep(connection.site.resources, testCalculation.step)
  const walltimeSeconds = Math.min(resources.walltimeSeconds, longestWalltimeSeconds)
  return { ...connection, site: { ...connection.site, resources: { ...resources, walltimeSeconds } } }
}

function recordOf({ site }: SiteConnection, token: string, folder: string, now: Date): CalculationRecord {
  const { id, candidateId, step, dependsOn } = testCalculation
  return {
    ...{ id, candidateId, step, dependsOn, token, plan: testCalculation, site: site.name },
    screenName: 'site-check',
    state: 'staged',
    revision: 1,
    attempt: 1,
    nativeId: null,
    ...{ obsoleteSince: null, priority: 0, sites: [], contentKey: null, reusedFrom: null },
    remoteFolder: folder,
    failure: null,
    updatedAt: now.toISOString(),
  }
}
