import { isKnownError } from '../../base/known-error.ts'
import { clockProbe } from './clock-probe.ts'
import { connectionProbe } from './connection-probe.ts'
import { jobProbe } from './job-probe.ts'
import { launchProbe } from './launch-probe.ts'
import { chargesProbe, functionalProbe, titlesProbe, versionProbe } from './output-probes.ts'
import { potcarProbe } from './potcar-probe.ts'
import { skipped, wrong, type Finding, type Probe, type SiteCheck } from './probe.ts'
import { baderProbe, vaspProbe } from './program-probes.ts'
import { schedulerProbe } from './scheduler-probe.ts'
import { quotaProbe } from './quota-probe.ts'
import { scratchProbe } from './scratch-probe.ts'
import { spaceProbe } from './space-probe.ts'
import { vdwKernelProbe } from './vdw-kernel-probe.ts'
import { fileSystemProbe } from './file-system-probe.ts'
import { walltimeProbe } from './walltime-probe.ts'
import { workFolderProbe } from './work-folder-probe.ts'

const lookProbes: readonly Probe[] = [
  connectionProbe,
  clockProbe,
  schedulerProbe,
  workFolderProbe,
  fileSystemProbe,
  spaceProbe,
  quotaProbe,
  vaspProbe,
  launchProbe,
  vdwKernelProbe,
  potcarProbe,
  baderProbe,
]
const jobProbes: readonly Probe[] = [jobProbe, scratchProbe, walltimeProbe, versionProbe, functionalProbe, titlesProbe, chargesProbe]

export interface ProbeReport extends Finding {
  readonly probe: string
}

export interface SiteReport {
  readonly site: string
  readonly host: string
  /** `unreachable`: nothing more can be said before there is a connection. */
  readonly outcome: 'well' | 'failed' | 'unreachable'
  readonly probes: readonly ProbeReport[]
  /** The test job's folder, kept because something in it is to be looked at. */
  readonly keptFolder?: string
}

/** Asks a site everything that a screen will rely on, in order; a probe is left out only where it cannot work. */
export async function checkSite(
  check: SiteCheck,
  { withJob, onProbe }: { readonly withJob: boolean; readonly onProbe: (report: ProbeReport) => void },
): Promise<SiteReport> {
  const reports: ProbeReport[] = []
  let isReachable = true
  for (const probe of [...lookProbes, ...(withJob ? jobProbes : [])]) {
    const { finding, isLost } = await runProbe(probe, check, reports)
    if (isLost) isReachable = false
    const report = { probe: probe.name, ...finding }
    reports.push(report)
    onProbe(report)
  }
  const isWell = reports.every(({ status }) => status !== 'wrong')
  const keptFolder = await tidyUp(check, isWell && isReachable)
  return {
    site: check.connection.site.name,
    host: check.connection.transport.host,
    outcome: isReachable ? (isWell ? 'well' : 'failed') : 'unreachable',
    probes: reports,
    ...(keptFolder === undefined ? {} : { keptFolder }),
  }
}

interface Ran {
  readonly finding: Finding
  /** The way to the site is gone. */
  readonly isLost: boolean
}

async function runProbe(probe: Probe, check: SiteCheck, before: readonly ProbeReport[]): Promise<Ran> {
  const missing = before.find(({ probe: name, status, found }) => probe.needs.includes(name) && (status === 'wrong' || found.startsWith(notTried)))
  if (missing !== undefined) return { finding: skipped(`${notTried}: ${missing.probe} comes first`), isLost: false }
  if (check.signal.aborted) return { finding: wrong('interrupted', 'Run the check again.'), isLost: false }
  try {
    const finding = await probe.run(check)
    return { finding, isLost: probe === connectionProbe && finding.status === 'wrong' }
  } catch (error) {
    if (!isKnownError(error)) throw error
    return { finding: wrong(error.message, error.remedy), isLost: probe === connectionProbe || error.code === 'SITE_UNREACHABLE' }
  }
}

const notTried = 'not tried'

/** Removes the folder of a test job that went well, and only one that holds this job's name. */
async function tidyUp({ connection, testRun }: SiteCheck, isWell: boolean): Promise<string | undefined> {
  if (testRun === undefined || !isWell) return testRun?.folder
  const script = '[ "$(cat "$1/name")" = "$2" ] && rm -rf -- "$1"'
  const args = ['-c', script, 'dopant-tidy', testRun.folder, testRun.token]
  const { exitCode } = await connection.transport.run({ program: 'sh', args })
  return exitCode === 0 ? undefined : testRun.folder
}
