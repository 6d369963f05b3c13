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
  const output = await transport.run({ program: 'sh', args: ['-c', checksumScript, 'dopant-checksums', folder, ...names] })
  if (output.exitCode !== 0) return undefined
  const lines = output.stdout.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line))
  return new Map(lines.map((line) => [line.slice(65), line.slice(0, 64)]))
}

/** Names stand at the end of a line, after one blank. */
const checksumScript = `
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
exit 0
`
