import type { Transport } from '../../ports/transport.ts'

/**
 * sha256 of files in a folder, asked in one call; a file that is not there has none. Undefined when the folder is not there or
 * the machine has no program for it.
 */
export async function remoteChecksums(
  transport: Transport,
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const lines = await linesOf(transport, folder, names, `${sumScript}exit 0\n`)
  return lines && sumsIn(lines)
}

/** Files that show whether VASP ran again. */
export const telling = ['OUTCAR', 'CONTCAR', 'OSZICAR'] as const

/** What a look into the folder of a job that has ended found. */
export interface FolderSums {
  readonly sha256: ReadonlyMap<string, string>
  /** Telling files that are other than the job left them at its end; undefined where it did not tell how it left them. */
  readonly changedSinceEnd: ReadonlySet<string> | undefined
}

/** The same as `remoteChecksums`, in one call with what has changed since the job's end. */
export async function folderSums(transport: Transport, folder: string, names: readonly string[]): Promise<FolderSums | undefined> {
  const lines = await linesOf(transport, folder, names, sumScript + sinceEndScript)
  if (lines === undefined) return undefined
  const changed = lines.filter((line) => line.startsWith('other ')).map((line) => line.slice(6))
  return { sha256: sumsIn(lines), changedSinceEnd: lines.includes('told') ? new Set(changed) : undefined }
}

async function linesOf(transport: Transport, folder: string, names: readonly string[], script: string): Promise<readonly string[] | undefined> {
  const output = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-checksums', folder, ...names] })
  return output.exitCode === 0 ? output.stdout.split('\n') : undefined
}

function sumsIn(lines: readonly string[]): ReadonlyMap<string, string> {
  return new Map(lines.filter((line) => /^[0-9a-f]{64} /.test(line)).map((line) => [line.slice(65), line.slice(0, 64)]))
}

/** Names stand at the end of a line, after one blank. */
const sumScript = `
cd "$1" || exit 73
shift
if command -v sha256sum >/dev/null 2>&1; then sum() { sha256sum <"$1"; }
elif command -v shasum >/dev/null 2>&1; then sum() { shasum -a 256 <"$1"; }
elif command -v openssl >/dev/null 2>&1; then sum() { openssl dgst -sha256 -r <"$1"; }
else exit 69; fi
for name; do
  [ -f "$name" ] || continue
  line=$(sum "$name") && echo "\${line%% *} $name"
done
`

/** The job writes `dopant-sums` as its last act: name, CRC and bytes on a line. */
const sinceEndScript = `
[ -f dopant-sums ] || exit 0
echo told
for name in ${telling.join(' ')}; do
  [ -f "$name" ] || continue
  set -- $(cksum <"$name")
  grep -qx "$name $1 $2" dopant-sums || echo "other $name"
done
exit 0
`
