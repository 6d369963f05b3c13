/**
 * Runs on the site: finds out what became of a submission in doubt, in one call.
 *
 *     sh -c SCRIPT dopant-settle FOLDER [revoke]
 *
 * First line of the answer: `recorded` (the batch system answered; its answer follows), `claimed ID` (a job runs or
 * ran), `busy` (the submitting shell is alive on this host), `revoked`, `absent` (no folder), or `doubtful`.
 * A recorded answer is the exit code, the output, the line `dopant-stderr` and the errors.
 *
 * With `revoke`, a doubtful attempt is closed for good by taking its claim, unless a job takes it first; with
 * `revoke-recorded` also one whose recorded answer names no job.
 */
export const settleScript = `
cd "$1" 2>/dev/null || { echo absent; exit 0; }
[ "$2" = revoke ] && [ ! -f dopant-submit.code ] && ln -s revoked dopant-claim 2>/dev/null
[ "$2" = revoke-recorded ] && ln -s revoked dopant-claim 2>/dev/null
claim=$(readlink dopant-claim 2>/dev/null)
if [ "$claim" = revoked ]; then echo revoked; exit 0; fi
if [ -n "$claim" ]; then echo "claimed $claim"; exit 0; fi
if [ -f dopant-submit.code ]; then echo recorded; cat dopant-submit.code; cat dopant-submit.out; echo dopant-stderr; cat dopant-submit.err; exit 0; fi
if [ -f dopant-submit.lock/holder ]; then
  read -r host boot pid <dopant-submit.lock/holder
  here="$(uname -n) $(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
  if [ "$host $boot" = "$here" ] && kill -0 "$pid" 2>/dev/null; then echo busy; exit 0; fi
fi
echo doubtful
`
