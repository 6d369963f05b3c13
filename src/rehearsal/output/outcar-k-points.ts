import { rowTimesMatrix } from '../../base/matrix.ts'
import { reciprocalLattice } from '../../structure/lattice.ts'
import type { RunContext } from '../run-context.ts'
import { fixed } from './fortran.ts'

/** The k-points of the run, with time reversal as the only symmetry. */
export function outcarKPoints(run: RunContext): string {
  const { kPoints, structure } = run.inputs
  const { comment, mesh, points } = kPoints
  const total = points.reduce((sum, { count }) => sum + count, 0)
  const reciprocal = reciprocalLattice(structure.lattice)
  const row = (k: readonly number[], weight: number) => ` ${k.map((x) => fixed(x, 12, 8)).join('')}  ${fixed(weight, 10, 3)}`
  return [
    ` KPOINTS: ${comment}`.slice(0, 50),
    '',
    ...(mesh ? ['Automatic generation of k-mesh.', ` generate k-points for: ${mesh.map((n) => String(n).padStart(4)).join(' ')}`, ''] : []),
    ...(mesh ? [` Found ${String(points.length).padStart(6)} irreducible k-points:`, ''] : []),
    ' k-points in units of 2pi/SCALE and weight: ' + comment.slice(0, 40),
    ...points.map(({ coordinates, count }) => row(rowTimesMatrix(coordinates, reciprocal), count / total)),
    ' ',
    ' k-points in reciprocal lattice and weights: ' + comment.slice(0, 40),
    ...points.map(({ coordinates, count }) => row(coordinates, count / total)),
    ' ',
  ].join('\n')
}
