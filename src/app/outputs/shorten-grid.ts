import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Transport } from '../../ports/transport.ts'

/**
 * The header and the first density of a grid file, packed, written on the site beside it. The header ends at the first blank line
 * behind the lattice; the three numbers below it say how many values follow.
 */
const firstDensity = `
part == 0 { print; if (NR > 6 && NF == 0) part = 1; next }
part == 1 { print; total = $1 * $2 * $3; part = 2; next }
{ print; n += NF; if (n >= total) exit }`

const script = `cd "$1" && awk "$2" "$3" | gzip -1 > "$4"`

/**
 * Brings the first density of a grid file home as `NAME.gz`: a spin-polarised CHGCAR is a fifth of its size then.
 *
 * @param fetch  brings one file of the remote folder into the local one, verified
 */
export async function shortenGrid(
  transport: Transport,
  remoteFolder: string,
  name: string,
  fetch: (name: string) => Promise<unknown>,
  folder: string,
): Promise<void> {
  const shortened = `dopant-${name}.gz`
  const { exitCode } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-shorten', remoteFolder, firstDensity, name, shortened] })
  if (exitCode !== 0) {
    await fetch(name)
    return
  }
  try {
    await fetch(shortened)
  } finally {
    await transport.run({ program: 'rm', args: ['-f', `${remoteFolder}/${shortened}`] })
  }
  await rename(join(folder, shortened), join(folder, `${name}.gz`))
}
