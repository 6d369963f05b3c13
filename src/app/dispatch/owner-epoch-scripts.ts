/**
 * The owner's epoch of a project on a site: links `ROOT/.dopant-owner/epoch-N`, whose text is the owner's token. The
 * highest number owns. A link is made once only, also on network file systems, so of two that raise the epoch one wins.
 */

/**
 * Runs a command for the owner only, in the same call.
 *
 *     sh -c SCRIPT dopant-owned ROOT EPOCH TOKEN PROGRAM ARGS…
 *
 * Exits with 77 when another one owns the project, and with 78 when the site does not know of any owner; the last line
 * of the errors is then the mark below, and the token where there is one.
 */
export const ownedScript = `
links=$1/.dopant-owner
refuse() { printf 'dopant-owner %s\\n' "$2" >&2; exit "$1"; }
next=$(readlink "$links/epoch-$(($2 + 1))") && refuse 77 "$next"
held=$(readlink "$links/epoch-$2") || refuse 78 gone
[ "$held" = "$3" ] || refuse 77 "$held"
shift 3
exec "$@"
`

export const ownedExit = { elsewhere: 77, gone: 78 } as const

/**
 * Becomes or stays the owner.
 *
 *     sh -c SCRIPT dopant-hold ROOT EPOCH TOKEN NEXT raise|keep|take
 *
 * TOKEN is what the caller held at EPOCH (empty and 0 before its first contact), NEXT what it has proposed. Where nobody
 * owns the project, or the caller does, the answer is `held N TOKEN`; with `raise` under a new epoch. `take` raises it
 * over anybody. Otherwise the answer is `other N TOKEN`. Called again after a lost answer it gives the same.
 */
export const holdScript = `
links=$1/.dopant-owner
mkdir -p "$links" || exit 73
now=0
for link in "$links"/epoch-*; do
  number=\${link##*-}
  case $number in *[!0-9]*|'') continue ;; esac
  [ "$number" -gt "$now" ] && now=$number
done
token=$(readlink "$links/epoch-$now")
if [ "$token" = "$4" ]; then echo "held $now $token"; exit 0; fi
if [ "$now" -eq 0 ]; then
  now=$2
elif [ "$5" != take ]; then
  if [ "$token" != "$3" ]; then echo "other $now $token"; exit 0; fi
  if [ "$5" = keep ]; then echo "held $now $token"; exit 0; fi
fi
ln -s "$4" "$links/epoch-$((now + 1))" 2>/dev/null
token=$(readlink "$links/epoch-$((now + 1))") || exit 74
if [ "$token" != "$4" ]; then echo "other $((now + 1)) $token"; exit 0; fi
rm -f "$links/epoch-$((now - 20))"
echo "held $((now + 1)) $token"
`

/** Reads the answer; undefined when there is none. */
export function readHold(stdout: string): { readonly isHeld: boolean; readonly epoch: number; readonly token: string } | undefined {
  const [word, epoch, token] = stdout.trim().split('\n').at(-1)?.split(' ') ?? []
  if ((word !== 'held' && word !== 'other') || token === undefined || !/^\d+$/.test(epoch ?? '')) return undefined
  return { isHeld: word === 'held', epoch: Number(epoch), token }
}
