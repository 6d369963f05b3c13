import { numberTag, type LintedInputs, type LintRule } from './lint-rule.ts'

export const tetrahedra: LintRule = {
  id: 'tetrahedron-points',
  severity: 'error',
  why: 'The tetrahedron method needs at least four k-points, and VASP stops with fewer.',
  source: 'https://vasp.at/wiki/ISMEAR',
  check: (inputs) => {
    const points = pointCount(inputs)
    if ((numberTag(inputs, 'ISMEAR') ?? 1) > -4 || points === undefined || points >= 4) return []
    return [
      {
        tag: 'ISMEAR',
        message: `ISMEAR = ${numberTag(inputs, 'ISMEAR')} with ${points} k-points in KPOINTS.`,
      },
    ]
  },
}

function pointCount({ kpoints }: LintedInputs): number | undefined {
  if (kpoints?.kind === 'mesh') return kpoints.mesh[0] * kpoints.mesh[1] * kpoints.mesh[2]
  return kpoints?.kind === 'list' ? kpoints.points.length : undefined
}
