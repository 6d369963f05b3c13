import { elementData } from '../../../base/elements-data.ts'
import type { Structure } from '../../../structure/structure.ts'
import { isOn, listTag, numberTag, type Complaint, type LintRule } from './lint-rule.ts'

export const magmom: LintRule = {
  id: 'magmom',
  severity: 'error',
  why: 'MAGMOM has one number for each atom of POSCAR (three with non-collinear spins), in its order.',
  source: 'https://vasp.at/wiki/MAGMOM',
  check: (inputs) => {
    const moments = listTag(inputs, 'MAGMOM')
    const { structure } = inputs
    if (moments === undefined || structure === undefined) return []
    const noncollinear = isOn(inputs, 'LNONCOLLINEAR') || isOn(inputs, 'LSORBIT')
    if (!noncollinear && numberTag(inputs, 'ISPIN') !== 2) return []
    const expected = structure.sites.length * (noncollinear ? 3 : 1)
    if (moments.length !== expected) {
      const message = `MAGMOM has ${moments.length} numbers, the ${structure.sites.length} atoms need ${expected}.`
      // VASP stops when there are too few and passes over the rest when there are too many.
      return [{ tag: 'MAGMOM', message, severity: moments.length < expected ? 'error' : 'warning' }]
    }
    return noncollinear ? [] : misplaced(structure, moments)
  },
}

// More than an O2− or a radical can carry, on an element without d electrons: the order is likely another one.
const mostMomentOfLightElement = 2.5

function misplaced(structure: Structure, moments: readonly number[]): readonly Complaint[] {
  const index = structure.sites.findIndex(
    ({ element }, ion) =>
      Math.abs(moments[ion] ?? 0) > mostMomentOfLightElement &&
      (elementData[element]?.atomicNumber ?? 99) <= 20,
  )
  if (index < 0) return []
  const message = `Atom ${index + 1} is ${structure.sites[index]?.element} and starts with ${moments[index]} μB: is the order that of POSCAR?`
  return [{ tag: 'MAGMOM', message, severity: 'warning' }]
}
