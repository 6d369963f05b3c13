/**
 * Runs on the site: moves the files of a new attempt into their place, unless an attempt of that number or a later one has begun.
 *
 *     sh -c SCRIPT dopant-place INCOMING FOLDER ATTEMPT
 *
 * INCOMING holds the files, FOLDER the attempts of the calculation. The answer is `placed`, or, when an attempt from
 * ATTEMPT on has been submitted, claimed or closed, one line `there NUMBER CLAIM NAME` for the last of them: NAME is its job's,
 * CLAIM the id that has it, `revoked`, or `-`. An attempt's folder that was only written is replaced.
 */
export const placeAttemptScript = `
incoming=$1 last=0
mkdir -p "$2" && cd "$2" || exit 73
for folder in attempt-*; do
  number=\${folder#attempt-}
  case $number in *[!0-9]*|'') continue ;; esac
  [ "$number" -ge "$3" ] && [ "$number" -gt "$last" ] || continue
  for trace in dopant-submit.lock dopant-submit.code dopant-claim dopant-start dopant-end; do
    if [ -e "$folder/$trace" ] || [ -L "$folder/$trace" ]; then last=$number; fi
  done
done
if [ "$last" -gt 0 ]; then
  claim=$(readlink "attempt-$last/dopant-claim") || claim=-
  echo "there $last $claim $(cat "attempt-$last/name" 2>/dev/null)"
  rm -rf "$incoming"
  exit 0
fi
[ -d "$incoming" ] || exit 72
# What uploads left that were cut off more than a day ago; a clock by which the new folder is old cannot tell.
[ -n "$(find "$incoming" -prune -mmin -60)" ] && find "\${incoming%/*}" -mindepth 1 -maxdepth 1 -mmin +1440 -exec rm -rf {} + 2>/dev/null
if [ -e "attempt-$3" ]; then mv "attempt-$3" "$incoming.old" && rm -rf "$incoming.old" || exit 74; fi
mv "$incoming" "attempt-$3" || exit 74
# Where another machine was quicker, the folder is now inside its one.
if [ -d "attempt-$3/\${incoming##*/}" ]; then rm -rf "attempt-$3/\${incoming##*/}"; exit 75; fi
echo placed
`

/** An attempt that the site knows. */
export interface AttemptThere {
  readonly attempt: number
  /** `revoked`, the id of the job that has it, or undefined. */
  readonly claim: string | undefined
  readonly token: string
}

/** Reads the answer; undefined when the files are in their place. */
export function readPlaced(stdout: string): AttemptThere | undefined {
  const [word, attempt = '', claim = '-', token = ''] = stdout.trim().split('\n').at(-1)?.split(' ') ?? []
  return word === 'there' ? { attempt: Number(attempt), claim: claim === '-' ? undefined : claim, token } : undefined
}
