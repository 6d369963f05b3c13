import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import { diagnose, type Diagnosis } from '../../recovery/diagnose.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { jobLimits } from '../dispatch/job-limits.ts'
import type { JobFiles } from '../dispatch/look-script.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import { runOwned } from '../engine/hold-site.ts'
import { readProgress, watchedIncar, watchedOszicar } from './read-progress.ts'
import type { RunProgress, StopOrder } from './run-progress.ts'

/** The last progress of running attempts, as this process saw it; losing it costs nothing. */
export type WatchMemory = Map<string, Watched>

interface Watched {
  readonly progress: RunProgress | undefined
  /** Undefined where nothing ends a job. */
  readonly walltimeSeconds: number | undefined
}

/**
 * Keeps how far a running job has come, and stops one that leads nowhere: with a STOPCAR where its electrons diverge, by
 * cancelling it where it hangs or does not obey.
 */
export async function watchRun(
  parts: EngineParts,
  calculation: CalculationSummary,
  files: JobFiles,
  memory: WatchMemory,
): Promise<void> {
  const lines = files.progress ?? []
  if (calculation.state !== 'running' || lines.length === 0) return
  const connection = siteOf(parts, calculation.site)
  const key = `${calculation.id} ${calculation.attempt}`
  const { progress: before, walltimeSeconds } = memory.get(key) ?? (await kept(parts, calculation))
  const progress = readProgress(lines, { startedAt: files.start?.get('at'), walltimeSeconds, before })
  if (progress === undefined) return
  const stop = await stopIfNeeded(parts, connection, calculation, progress, lines)
  const told = { ...progress, stop }
  memory.set(key, { progress: told, walltimeSeconds })
  await parts.store.saveProgress(calculation.id, calculation.attempt, told)
}

async function kept(parts: EngineParts, { id, screenName, attempt, site }: CalculationSummary): Promise<Watched> {
  const known = (await parts.store.progress(screenName)).find((each) => each.calculationId === id && each.attempt === attempt)
  const own = (await parts.store.attempts(id)).find((each) => each.attempt === attempt)
  const planned = await parts.store.calculation(id)
  const { walltimeSeconds } = planned === undefined ? {} : jobLimits(siteOf(parts, site), stepKindOf(planned.plan))
  const limit = walltimeSeconds === undefined ? undefined : (own?.resources?.walltimeSeconds ?? walltimeSeconds)
  return { progress: known?.progress as RunProgress | undefined, walltimeSeconds: limit }
}

async function stopIfNeeded(
  parts: EngineParts,
  connection: SiteConnection,
  calculation: CalculationSummary,
  progress: RunProgress,
  lines: readonly string[],
): Promise<StopOrder | null> {
  const { stop, at } = progress
  if (stop?.how === 'cancel') return stop
  if (stop !== null) {
    const waitedSeconds = (Date.parse(at) - Date.parse(stop.at)) / 1000
    if (waitedSeconds < secondsToObey(connection, progress)) return stop
    return order(parts, connection, calculation, { ...stop, at, how: 'cancel', isDisobeyed: true, reason: `${stop.reason}; it did not obey its STOPCAR` })
  }
  const [found] = watchDiagnoses(connection, progress, lines)
  if (found === undefined) return null
  const how = found.symptom === 'frozen' ? 'cancel' : 'LABORT'
  return order(parts, connection, calculation, { at, how, reason: `${found.symptom}: ${found.evidence.says}`, diagnosis: found })
}

/** An electronic step is over in less than the longest ionic one. */
function secondsToObey({ site }: SiteConnection, { longestStepSeconds }: RunProgress): number {
  return Math.max(site.stopSeconds ?? usualSecondsToObey, 2 * (longestStepSeconds ?? 0))
}

const usualSecondsToObey = 600

/** Symptoms after which going on is a waste; the time limit is watched by the job itself. */
const stopping: readonly string[] = ['frozen', 'nonconverging', 'positive_energy']

export function watchDiagnoses(
  { site }: Pick<SiteConnection, 'site'>,
  { secondsSinceOutput, longestStepSeconds }: RunProgress,
  lines: readonly string[],
): readonly Diagnosis[] {
  const nowhere = { comment: '', lattice: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], sites: [] } as const
  const found = diagnose({
    stdout: '',
    stderr: '',
    oszicar: watchedOszicar(lines),
    planned: { incar: watchedIncar(lines), structure: nowhere, kMesh: [1, 1, 1], functional: '', potcars: [], isSlab: false },
    watch: {
      ...(secondsSinceOutput === null ? {} : { secondsSinceOutput }),
      ...(longestStepSeconds === null ? {} : { longestStepSeconds }),
      ...(site.silenceSeconds === undefined ? {} : { leastSilenceSeconds: site.silenceSeconds }),
    },
  })
  return found.filter(({ symptom }) => stopping.includes(symptom))
}

async function order(
  parts: EngineParts,
  { site, scheduler }: SiteConnection,
  calculation: CalculationSummary,
  stop: StopOrder,
): Promise<StopOrder> {
  const { id, remoteFolder, nativeId, token } = calculation
  parts.say(`${id} is stopped: ${stop.reason}`)
  if (stop.how === 'cancel') {
    if (nativeId !== null && token !== null) await runOwned(parts, site.name, scheduler.cancelCommand([{ id: nativeId, name: token }]))
  } else {
    // The job tells a stop of ours from one that a person wrote by this file.
    const script = `cd "$1" && printf '%s\\n' "$2" >dopant-stop-order && printf '%s = .TRUE.\\n' "$2" >STOPCAR.part && mv STOPCAR.part STOPCAR`
    await runOwned(parts, site.name, { program: 'sh', args: ['-c', script, 'dopant-stop', remoteFolder ?? '/nonexistent', stop.how] })
  }
  return stop
}
