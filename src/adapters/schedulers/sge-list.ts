import type { JobState, JobStatus, NativeId } from '../../ports/scheduler.ts'

/**
 * The jobs of `qstat -xml`: running ones stand below `queue_info`, waiting ones below an inner `job_info`.
 *
 * @returns undefined when the text is not a whole answer
 */
export function listedJobs(xml: string): ReadonlyMap<NativeId, JobStatus> | undefined {
  if (!/<job_info\b/.test(xml) || !/<\/job_info>\s*$/.test(xml)) return undefined
  const jobs = new Map<NativeId, JobStatus>()
  for (const [, block = ''] of xml.matchAll(/<job_list\b[^>]*>(.*?)<\/job_list>/gs)) {
    const id = value(block, 'JB_job_number')
    const native = value(block, 'state') ?? ''
    const state = stateOf(native)
    if (id === undefined || state === undefined) continue
    const tasks = value(block, 'tasks')
    // Why it waits is in the letters only: `Eqw` could not be started.
    const reason = native.includes('E') ? { reason: native } : {}
    jobs.set(tasks === undefined ? id : `${id}.${tasks}`, {
      name: value(block, 'JB_name') ?? '',
      state,
      native,
      ...reason,
    })
  }
  return jobs
}

function value(block: string, tag: string): string | undefined {
  const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(block)?.[1]
  return text?.replace(/&(lt|gt|quot|apos|amp|#\d+);/g, (whole, name: string) => entities[name] ?? whole)
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  '#10': '\n',
}

/**
 * Letters combine: `hqw` is a held waiting job, `dr` a running one on its way out, `Rr` a restarted one that runs.
 *
 * @source qstat(1) of Grid Engine and Univa, job states
 */
function stateOf(letters: string): JobState | undefined {
  if (letters === 'z') return undefined
  if (letters.includes('E')) return 'held'
  if (letters.includes('d')) return 'completing'
  if (/[sSTNP]/.test(letters)) return 'suspended'
  if (/[qw]/.test(letters)) return letters.includes('h') ? 'held' : 'queued'
  return /[rtRx]/.test(letters) ? 'running' : 'unknown'
}
