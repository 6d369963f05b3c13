import type { GridHeader } from '../../analysis/planes.ts'
import type { Transport } from '../../ports/transport.ts'
import { readPoscar } from '../../structure/poscar.ts'

export interface GridPoints {
  readonly header: GridHeader
  readonly indices: Uint32Array
  /** In the order of `indices`, as the file has them. */
  readonly values: Float64Array
}

/** Up to the three counts of points, which stand behind the first blank line below the lattice. */
const headerScript = `
{ print }
isBehind { exit }
NR > 6 && NF == 0 { isBehind = 1 }`

/** Indices come first, ascending, one a line; of the file behind them the values at these places are printed, and no more is read than needed. */
const pointsScript = `
NR == FNR { wanted[++count] = $1; next }
FNR == 1 { next_ = 1 }
part == 0 { if (FNR > 6 && NF == 0) part = 1; next }
part == 1 { part = 2; next }
{
  while (next_ <= count && wanted[next_] < passed + NF) { print $(wanted[next_] - passed + 1); next_++ }
  passed += NF
  if (next_ > count) exit
}`

/**
 * Values of the first density of a grid file at chosen points, read where the file lies: of 160 MB less than one comes home. Needs
 * awk on the site and nothing else.
 *
 * @param choose  indices of the points, ascending, from what the file says before its values
 * @returns undefined when there is no such file, or only a part of it
 */
export async function readGridPoints(
  transport: Transport,
  remoteFolder: string,
  name: string,
  choose: (header: GridHeader) => Uint32Array,
): Promise<GridPoints | undefined> {
  const path = `${remoteFolder}/${name}`
  const { exitCode, stdout } = await transport.run({ program: 'awk', args: [headerScript, path] })
  const header = exitCode === 0 ? headerOf(stdout) : undefined
  if (header === undefined) return undefined
  const indices = choose(header)
  const input = `${Array.from(indices).join('\n')}\n`
  const found = await transport.run({ program: 'awk', args: [pointsScript, '-', path] }, { input })
  const values = Float64Array.from(found.stdout.trim().split('\n'), Number)
  const isWhole = found.exitCode === 0 && values.length === indices.length && values.every(Number.isFinite)
  return isWhole ? { header, indices, values } : undefined
}

function headerOf(text: string): GridHeader | undefined {
  const lines = text.trimEnd().split('\n')
  const [nx = 0, ny = 0, nz = 0] = (lines.at(-1) ?? '').trim().split(/\s+/).map(Number)
  if (lines.length < 9 || !(nx * ny * nz > 0)) return undefined
  return { structure: readPoscar(lines.slice(0, -2).join('\n')).structure, shape: [nx, ny, nz] }
}
