import { mostProgressBytes, progressFunction } from './progress-script.ts'

/**
 * Runs on the site: what the jobs themselves wrote, for many folders in one call.
 *
 *     sh -c SCRIPT dopant-look FOLDER…
 *
 * For each folder three lines: the folder's number, its start file and its end file, each on one line with blanks for
 * line ends, or `-` when there is none (read by the shell itself: a program for each file would be felt on a login node); then, for a job that runs, lines that begin with `+`: see `progress-script.ts`.
 */
export const lookScript = `
${progressFunction}
number=0
line() { [ -f "$1" ] || { echo -; return; }; while IFS= read -r words || [ -n "$words" ]; do printf '%s ' "$words"; done <"$1"; echo; }
for folder; do
  echo "folder $number $(readlink "$folder/dopant-claim" 2>/dev/null)"
  line "$folder/dopant-start"
  line "$folder/dopant-end"
  if [ -f "$folder/dopant-start" ] && [ ! -f "$folder/dopant-end" ]; then progress "$folder" | head -c ${mostProgressBytes} | LC_ALL=C awk '{ print "+" $0 }'; fi
  number=$((number + 1))
done
`

/** What a job said of its own start and end. */
export interface JobFiles {
  readonly claim: string | undefined
  readonly start: ReadonlyMap<string, string> | undefined
  readonly end: ReadonlyMap<string, string> | undefined
  /** How far a running job has come, as the site told it, without the `+`. */
  readonly progress?: readonly string[]
}

/** A job's own end in words; what did not find its way home from a scratch folder is named. */
export function endInWords(end: NonNullable<JobFiles['end']>): string {
  const left = end.get('scratch') ?? ''
  const words = `exit ${end.get('code')}, ${end.get('cause')}`
  return left === '' ? words : `${words}; not everything could be copied home, it stays in ${left}`
}

/** Reads the answer of the script, in the order of the folders. */
export function readLook(stdout: string): readonly JobFiles[] {
  const found: JobFiles[] = []
  let own: string[] = []
  let progress: string[] = []
  const finish = (): void => {
    const claim = (own[0] ?? '').split(' ')[2]
    if (own.length >= 3) {
      found.push({
        claim: claim === '' ? undefined : claim,
        start: readPairs(own[1] ?? '-'),
        end: readPairs(own[2] ?? '-'),
        ...(progress.length === 0 ? {} : { progress }),
      })
    }
    own = []
    progress = []
  }
  for (const line of stdout.split('\n').slice(0, -1)) {
    if (line.startsWith('+')) progress.push(line.slice(1))
    else {
      if (own.length === 3) finish()
      own.push(line)
    }
  }
  finish()
  return found
}

function readPairs(line: string): ReadonlyMap<string, string> | undefined {
  if (line.trim() === '-') return undefined
  const pairs = line.trim().split(' ').filter((pair) => pair.includes('='))
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
