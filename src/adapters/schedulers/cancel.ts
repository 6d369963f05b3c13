import type { NamedJob } from '../../ports/scheduler.ts'
import type { Command } from '../../ports/transport.ts'

/**
 * Ends jobs after looking at their names, in one call: an id may be another job's by now.
 *
 * For each job the answer has `cancelling ID` or `not ours ID`.
 *
 * @param list constant shell lines that print `ID NAME` for each of our jobs
 * @param end constant shell lines that end the job `$1`
 */
export function cancelByName(list: string, end: string, jobs: readonly NamedJob[]): Command {
  const pairs = jobs.flatMap(({ id, name }) => [id, name])
  return { program: 'sh', args: ['-c', cancelScript(list, end), 'dopant-cancel', ...pairs] }
}

function cancelScript(list: string, end: string): string {
  return `
LC_ALL=C; export LC_ALL
set -f
list() {
${list}
}
end() {
${end}
}
listed=$(list) || exit
failed=0
while [ "$#" -ge 2 ]; do
  case "
$listed
" in
  *"
$1 $2
"*) echo "cancelling $1"; end "$1" || failed=$? ;;
  *) echo "not ours $1" ;;
  esac
  shift 2
done
exit "$failed"
`
}
