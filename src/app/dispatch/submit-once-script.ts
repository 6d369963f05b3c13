/**
 * Runs on the site: submits a job at most once, however often it is called.
 *
 *     sh -c SCRIPT dopant-submit FOLDER PROGRAM ARGS…
 *
 * The answer of the batch system is recorded before it is printed, so a call whose reply got lost can be repeated:
 * it prints the recorded answer. A call that finds another one at work, or one that died at work, exits with 75 and
 * leaves the decision to `settle`. The lock is never broken by age.
 */
export const submitOnceScript = `
cd "$1" || exit 71
shift
trap '' HUP
replay() { cat dopant-submit.out; cat dopant-submit.err >&2; exit "$(cat dopant-submit.code)"; }
[ -f dopant-submit.code ] && replay
[ "$(readlink dopant-claim 2>/dev/null)" = revoked ] && exit 73
mkdir dopant-submit.lock 2>/dev/null || exit 75
printf '%s %s %s\\n' "$(uname -n)" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" "$$" >dopant-submit.lock/holder
"$@" >dopant-submit.out 2>dopant-submit.err
printf '%s\\n' "$?" >dopant-submit.part && mv dopant-submit.part dopant-submit.code
replay
`

/** Exit codes of the script that are ours; others come from the batch system. */
export const submitOnceExit = { folderMissing: 71, revoked: 73, inDoubt: 75 } as const
