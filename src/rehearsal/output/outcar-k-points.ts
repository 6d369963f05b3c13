import { rowTimesMatrix } from '../../base/matrix.ts'
import { reciprocalLattice } from '../../structure/lattice.ts'
import type { RunContext } from '../run-context.ts'
import { fixed, outcarRule } from './fortran.ts'

/** The k-points of the run, with time reversal as the only symmetry. */
export function outcarKPoints(run: RunContext): string {
  const { kPoints, structure } = run.inputs
  const { comment, mesh, points } = kPoints
  const total = points.reduce((sum, { count }) => sum + count, 0)
  const reciprocal = reciprocalLattice(structure.lattice)
  const row = (k: readonly number[], weight: number) =>
    ` ${k.map((x) => fixed(x, 12, 8)).join('')}  ${fixed(weight, 10, 3)}`
  return [
    ` KPOINTS: ${comment}`.slice(0, 50),
    '',
    ...(mesh
      ? [
          'Automatic generation of k-mesh.',
          ` generate k-points for: ${mesh.map((n) => String(n).padStart(4)).join(' ')}`,
          '',
        ]
      : []),
    ...(mesh ? [` Found ${String(points.length).padStart(6)} irreducible k-points:`, ''] : []),
    ' k-points in units of 2pi/SCALE and weight: ' + comment.slice(0, 40),
    ...points.map(({ coordinates, count }) => row(rowTimesMatrix(coordinates, reciprocal), count / total)),
    ' ',
    ' k-points in reciprocal lattice and weights: ' + comment.slice(0, 40),
    ...points.map(({ coordinates, count }) => row(coordinates, count / total)),
    ' ',
  ].join('\n')
}

/** The table that counts plane waves for each k-point; readers insist on it, and the stand-in has none. */
export function outcarPlaneWaves(run: RunContext): string {
  const rows = run.inputs.kPoints.points.map(({ coordinates }, index) => {
    const k = coordinates.map((x) => fixed(x, 7, 4)).join('')
    return ` k-point${String(index + 1).padStart(4)} :  ${k}  plane waves:       0`
  })
  return [
    '',
    '',
    outcarRule,
    '',
    '',
    ...rows,
    '',
    ' maximum and minimum number of plane-waves per node :         0        0',
    '',
  ].join('\n')
}
