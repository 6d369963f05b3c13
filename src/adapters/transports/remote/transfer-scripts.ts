/**
 * The scripts that transfers run at the site, for any POSIX shell with tar, gzip, head, tail and one of three programs for
 * SHA-256. Their arguments are set before them, quoted.
 */

/** Sums of the files named, or of the input: 64 digits a line. `openssl -r` and `shasum` print like sha256sum. */
const sums = `sums() {
if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"
elif command -v shasum >/dev/null 2>&1; then shasum -a 256 "$@"
else openssl dgst -sha256 -r "$@"
fi | cut -c1-64
}
`

/**
 * Leftovers of transfers that were cut off more than a day ago. A clock by which a file made just now is old is not the one
 * of the file server, and cannot tell: what looks old may be a transfer of this minute.
 */
const sweep = `now=.dopant-now-$$
(: >"$now") 2>/dev/null && [ -n "$(find "$now" -prune -mmin -60 2>/dev/null)" ] && find . -maxdepth 1 -name '.dopant-*.part' -mmin +1440 -exec rm -rf {} + 2>/dev/null
rm -f "$now"
`

/** Exit codes of the scripts below. */
export const transferCode = { missing: 66, unreadable: 67, folder: 73, write: 74, differs: 76 } as const

/**
 * $1 folder, $2 token, $3 gzip or raw. Input: an archive of f000001…, \`want\` (their sums) and \`place\` (a script that moves
 * them, run only when the sums agree). -o and -m: files belong to the user and are dated by the site.
 */
export const receiveBatch = `${sums}mkdir -p "$1" && cd "$1" || exit 73
stage=.dopant-$2.part
trap 'rm -rf "$stage"' EXIT
trap 'exit 74' HUP INT TERM PIPE
${sweep}mkdir "$stage" || exit 74
unpack() { tar -xomf - -C "$stage"; }
if [ "$3" = gzip ]; then gzip -dc | unpack; else unpack; fi || exit 74
[ -f "$stage/place" ] || exit 76
(cd "$stage" && sums f* >got && cmp got want >&2) || exit 76
place() { [ ! -d "$2" ] || { echo "$2 is a folder" >&2; exit 74; }; mv -f "$stage/$1" "$2" || exit 74; }
. "$stage/place"`

/** $1 folder, $2 part file: how much of it is there already. */
export const sizeOfPart = `mkdir -p "$1" && cd "$1" || exit 73
${sweep}if [ -f "$2" ]; then wc -c <"$2"; else echo 0; fi`

/** $1 folder, $2 part file, $3 bytes to keep of it, $4 gzip or raw: the input goes behind what is there. */
export const appendToPart = `cd "$1" || exit 73
[ "$3" -gt 0 ] || : >"$2" || exit 74
have=$(wc -c <"$2") && [ "$have" -eq "$3" ] || { echo "$2 has $have bytes and not $3" >&2; exit 76; }
if [ "$4" = gzip ]; then gzip -dc >>"$2"; else cat >>"$2"; fi || exit 74`

/** $1 folder, $2 part file, $3 sum, $4 path, $5 mode: into its place when it is what was sent. */
export const placePart = `${sums}cd "$1" || exit 73
[ "$(sums <"$2")" = "$3" ] || { rm -f "$2"; exit 76; }
mkdir -p "$(dirname "$4")" && [ ! -d "$4" ] || { echo "$4 is a folder" >&2; exit 74; }
chmod "$5" "$2" && mv -f "$2" "$4" || exit 74`

/**
 * $1 path, $2 offset, $3 size at the first attempt or -, $4 try, learn or raw. Output: a line with size and form, then the bytes from the
 * offset to that size, whatever is appended meanwhile. The sum of all bytes up to the size goes to stderr, made at the same time.
 */
export const sendFile = `${sums}f=$1
[ -f "$f" ] || { [ -e "$f" ] && exit 67; ls -d "$f" >/dev/null; exit 66; }
[ -r "$f" ] || { echo 'permission denied' >&2; exit 67; }
size=$(wc -c <"$f") || exit 67
size=$((size))
[ "$3" = - ] || { [ "$size" -ge "$3" ] || exit 76; size=$3; }
form=raw
want=$4
if [ "$want" = learn ] && { [ "$size" -lt 262144 ] || [ "$size" -gt 4194304 ]; }; then want=try; fi
if [ "$want" = try ]; then
seen=$((size < 65536 ? size : 65536))
packed=$(head -c "$seen" "$f" | gzip -1 | wc -c)
[ "$((packed * 10))" -ge "$((seen * 7))" ] || form=gzip
fi
echo "$size $form"
(head -c "$size" "$f" | sums | sed 's/^/dopant-sum /' >&2) &
rest() { tail -c +"$(($2 + 1))" "$1" | head -c "$(($3 - $2))"; }
if [ "$form" = gzip ]; then rest "$f" "$2" "$size" | gzip -1; else rest "$f" "$2" "$size"; fi || exit 67
wait`
