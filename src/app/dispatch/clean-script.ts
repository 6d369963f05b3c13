/**
 * Runs on the site: lists or removes large files, in one call.
 *
 *     sh -c SCRIPT dopant-clean ROOT list|remove PATH…
 *
 * PATH is a file below ROOT. One that is a link, is not there, or whose folder leads out of ROOT is left alone. For each
 * other one a line with its number, from 0, and its size in bytes; with `remove`, after it is gone.
 */
export const cleanScript = `
root=$(cd -P -- "$1" 2>/dev/null && pwd -P) || exit 0
mode=$2
shift 2
number=-1
for path; do
  number=$((number + 1))
  [ -f "$path" ] && [ ! -L "$path" ] || continue
  folder=$(cd -P -- "\${path%/*}" 2>/dev/null && pwd -P) || continue
  case $folder in "$root"/*) ;; *) continue ;; esac
  # Of the real folder: a link that is put there in between leads nowhere else.
  size=$(wc -c <"$folder/\${path##*/}") || continue
  if [ "$mode" = remove ]; then rm -f -- "$folder/\${path##*/}" || continue; fi
  echo "$number $((size))"
done
exit 0
`

export interface CleanedFile {
  readonly path: string
  readonly bytes: number
}

/** Reads the answer for the paths that were asked about. */
export function readCleaned(stdout: string, paths: readonly string[]): readonly CleanedFile[] {
  return stdout.split('\n').flatMap((line) => {
    const [, number = '', bytes = ''] = /^(\d+) (\d+)$/.exec(line) ?? []
    const path = paths[Number(number)]
    return number === '' || path === undefined ? [] : [{ path, bytes: Number(bytes) }]
  })
}
