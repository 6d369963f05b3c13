import { createHash } from 'node:crypto'
import type { AttemptChange } from '../../ports/attempt.ts'
import type { Resources } from '../../ports/resources.ts'
import type { AttemptFiles } from '../dispatch/job-files.ts'
import type { JobFiles } from '../dispatch/look-script.ts'

export function coresOf({ nodes, ranksPerNode, coresPerRank = 1 }: Resources): number {
  return nodes * ranksPerNode * coresPerRank
}

/** What is known of an attempt as soon as its folder is complete. */
export function stagedRecord({ files, resources, corrections }: AttemptFiles): AttemptChange {
  const sums = files.map(({ path, content }) => [path, createHash('sha256').update(content).digest('hex')] as const)
  return { resources, corrections, cores: coresOf(resources), inputSha256: Object.fromEntries(sums) }
}

export function startedRecord(files: JobFiles | undefined): AttemptChange {
  const started = timeIn(files?.start)
  return started === undefined ? {} : { startedAt: started.toISOString() }
}

/**
 * What the job's own files say about its time and its end.
 *
 * @param seenAt when the end was seen: it stands for the end of a job that did not tell it
 */
export function endedRecord(files: JobFiles | undefined, cores: number | null, seenAt: Date): AttemptChange {
  const started = timeIn(files?.start)
  const ended = timeIn(files?.end) ?? seenAt
  const code = files?.end?.get('code')
  const hours = started === undefined ? null : Math.max(0, ended.getTime() - started.getTime()) / 3_600_000
  return {
    ...startedRecord(files),
    endedAt: ended.toISOString(),
    coreHours: hours === null || cores === null ? null : hours * cores,
    exitCode: code === undefined || !/^\d+$/.test(code) ? null : Number(code),
    exitCause: files?.end?.get('cause') ?? null,
  }
}

function timeIn(pairs: ReadonlyMap<string, string> | undefined): Date | undefined {
  const time = new Date(pairs?.get('at') ?? '')
  return Number.isNaN(time.getTime()) ? undefined : time
}
