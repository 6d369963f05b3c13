import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** `sbatch`, `squeue` and `sacct` in Slurm's formats, whose jobs live in a time of their own. */
export interface FastSlurm {
  /** For PATH. */
  readonly bin: string
  /** Starts and ends what is due; ended jobs have told their end in their folders. */
  advance(nowMs: number): void
  /** A job of the same user that somebody else submitted: listed until it is taken away. */
  addOther(name: string): void
  removeOther(name: string): void
  /** From now on `sbatch` refuses while so many jobs are listed. */
  limitTo(jobs: number): void
  /** The controller is away: nothing is answered; jobs go on. */
  setAway(isAway: boolean): void
  /** From now on `sbatch` refuses every job with this word of Slurm's; none lets it take jobs again. */
  refuse(word: string | undefined): void
  readonly listed: () => number
  readonly submitted: () => number
}

interface Job {
  readonly id: string
  readonly name: string
  readonly folder: string
  startMs: number
  endMs: number | undefined
}

export function fastSlurm(
  folder: string,
  { atOnce, secondsOf }: { readonly atOnce: number; readonly secondsOf: () => number },
): FastSlurm {
  const bin = join(folder, 'bin')
  const [inbox, queue, limit, away, refusal] = ['inbox', 'queue', 'limit', 'away', 'refusal'].map((name) => join(folder, name)) as [string, string, string, string, string]
  mkdirSync(bin, { recursive: true })
  for (const file of [inbox, queue]) writeFileSync(file, '')
  writeFileSync(limit, '1000000')
  writePrograms(bin, { inbox, queue, limit, away, refusal })
  let taken = 0
  let jobs: Job[] = []
  const others = new Set<string>()
  const list = (): void => {
    const own = jobs.map(({ id, name, endMs }) => (endMs === undefined ? `${id}|PENDING|Priority|${name}` : `${id}|RUNNING|None|${name}`))
    const foreign = [...others].map((name, i) => `${900_000 + i}|RUNNING|None|${name}`)
    writeFileSync(queue, [...own, ...foreign].map((line) => `${line}\n`).join(''))
  }
  const accept = (): void => {
    const lines = readFileSync(inbox, 'utf8').split('\n').filter((line) => line !== '')
    for (const line of lines.slice(taken)) {
      const [id = '', name = '', place = ''] = line.split('|')
      jobs.push({ id, name, folder: place, startMs: 0, endMs: undefined })
    }
    taken = lines.length
  }
  return {
    bin,
    advance(nowMs) {
      accept()
      const over = jobs.filter(({ endMs }) => endMs !== undefined && endMs <= nowMs)
      for (const job of over) tellEnd(job)
      jobs = jobs.filter((job) => !over.includes(job))
      let running = jobs.filter(({ endMs }) => endMs !== undefined).length
      for (const job of jobs) {
        if (job.endMs !== undefined || running >= atOnce) continue
        job.endMs = nowMs + 1000 * secondsOf()
        running += 1
        job.startMs = nowMs
      }
      list()
    },
    addOther: (name) => (others.add(name), list()),
    removeOther: (name) => (others.delete(name), list()),
    limitTo: (most) => writeFileSync(limit, String(most)),
    setAway: (isAway) => (isAway ? writeFileSync(away, '') : rmSync(away, { force: true })),
    refuse: (word) => (word === undefined ? rmSync(refusal, { force: true }) : writeFileSync(refusal, `sbatch: error: Batch job submission failed: ${word}\n`)),
    listed: () => jobs.length + others.size,
    submitted: () => taken,
  }
}

/** Start and end at once: there is nothing to be told of how far these jobs have come. */
function tellEnd({ id, folder, startMs, endMs = 0 }: Job): void {
  if (!existsSync(join(folder, 'dopant-claim'))) symlinkSync(id, join(folder, 'dopant-claim'))
  writeFileSync(join(folder, 'dopant-start'), `id=${id}\nat=${new Date(startMs).toISOString()}\n`)
  writeFileSync(join(folder, 'dopant-end'), `code=0\ncause=exit\nat=${new Date(endMs).toISOString()}\n`)
}

function writePrograms(bin: string, files: Readonly<Record<'inbox' | 'queue' | 'limit' | 'away' | 'refusal', string>>): void {
  const write = (name: string, text: string): void => {
    const whenAway = `[ -f '${files.away}' ] && { echo '${name}: error: Unable to contact slurm controller (connect failure)' >&2; exit 1; }`
    writeFileSync(join(bin, name), `#!/bin/sh\n${whenAway}\n${text}`)
    chmodSync(join(bin, name), 0o755)
  }
  write('squeue', `cat '${files.queue}'\n`)
  write('sacct', 'exit 0\n')
  write(
    'sbatch',
    `for script; do :; done
[ -f '${files.refusal}' ] && { cat '${files.refusal}' >&2; exit 1; }
most=$(cat '${files.limit}')
if [ "$(($(wc -l <'${files.queue}')))" -ge "$most" ]; then
  echo 'sbatch: error: AssocMaxSubmitJobLimit' >&2
  echo 'sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user'"'"'s size and/or time limits)' >&2
  exit 1
fi
id=$((1001 + $(wc -l <'${files.inbox}')))
echo "$id|$(sed -n 's/^#SBATCH --job-name=//p' "$script")|$(cd "$(dirname "$script")" && pwd)" >>'${files.inbox}'
echo "$id|PENDING|Priority|new" >>'${files.queue}'
echo "$id"
`,
  )
}
