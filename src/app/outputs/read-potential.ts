import type { Transport } from '../../ports/transport.ts'
import type { PlanarPotential } from '../../analysis/planar-potential.ts'

/**
 * Averages LOCPOT over planes where it lies: 160 MB stay there, 400 numbers come home. The header ends at the first blank
 * line behind the lattice; the index along a runs fastest.
 */
const averageScript = `
part == 0 && NR > 6 && NF == 0 { part = 1; next }
part == 1 { plane = $1 * $2; planes = $3; total = plane * planes; part = 2; next }
part == 2 {
  for (i = 1; i <= NF && n < total; i++) sum[int(n++ / plane)] += $i
  if (n >= total) { for (z = 0; z < planes; z++) printf "%.5f\\n", sum[z] / plane; exit }
}`

/** Planar average of LOCPOT along c; null when there is no such file, or only a part of it. */
export async function readPlanarPotential(transport: Transport, folder: string): Promise<PlanarPotential | null> {
  const path = `${folder}/LOCPOT`
  const { exitCode, stdout } = await transport.run({ program: 'awk', args: [averageScript, path] })
  const valuesEv = stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number(line)]))
  return exitCode !== 0 || valuesEv.length === 0 || valuesEv.some((value) => !Number.isFinite(value)) ? null : { valuesEv }
}
