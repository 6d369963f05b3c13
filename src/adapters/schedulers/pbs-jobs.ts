import type { NativeId } from '../../ports/scheduler.ts'

export interface PbsJob {
  readonly id: NativeId
  readonly attributes: ReadonlyMap<string, string>
}

/**
 * The jobs of a `qstat -f`: `Job Id: …`, then attributes set off by four blanks; long values go on behind a tab.
 *
 * A shell function among a job's variables spans lines of any look, also ones like attributes; the attributes that
 * matter come before the variables, so the first of a name counts.
 */
export function pbsJobs(lines: readonly string[]): readonly PbsJob[] {
  const jobs: { id: NativeId; attributes: Map<string, string> }[] = []
  let key: string | undefined
  for (const line of lines) {
    const attributes = jobs.at(-1)?.attributes
    const [, id] = /^Job Id: *(\S+)/.exec(line) ?? []
    const [, name, value = ''] = /^ {4}(\S+) = (.*)$/.exec(line) ?? []
    if (id !== undefined) {
      jobs.push({ id, attributes: new Map() })
      key = undefined
    } else if (line.startsWith('\t')) {
      if (key !== undefined) attributes?.set(key, (attributes.get(key) ?? '') + line.slice(1))
    } else {
      key = name !== undefined && attributes?.has(name) === false ? name : undefined
      if (key !== undefined) attributes?.set(key, value)
    }
  }
  return jobs
}
