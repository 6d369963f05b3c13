import { elementData } from '../../../base/elements-data.ts'
import { speciesBlocks } from '../species-blocks.ts'
import { isOn, listTag, type Complaint, type LintedInputs, type LintRule } from './lint-rule.ts'

export const hubbardSpecies: LintRule = {
  id: 'hubbard-species',
  severity: 'error',
  why: "LDAUL, LDAUU and LDAUJ have one number for each species of POSCAR, in its order; VASP passes over surplus numbers, so that atoms sorted anew carry another element's U.",
  source: 'https://vasp.at/wiki/LDAUU',
  check: (inputs) => {
    if (!isOn(inputs, 'LDAU') || inputs.structure === undefined) return []
    const elements = speciesBlocks(inputs.structure).map(({ element }) => element)
    const lengths = ['LDAUL', 'LDAUU', 'LDAUJ'].flatMap((tag) => lengthComplaint(inputs, tag, elements))
    return lengths.length > 0
      ? lengths
      : elements.flatMap((element, index) => shellComplaint(inputs, element, index))
  },
}

function lengthComplaint(
  inputs: LintedInputs,
  tag: string,
  elements: readonly string[],
): readonly Complaint[] {
  const list = listTag(inputs, tag)
  if (list === undefined || list.length === elements.length) return []
  return [
    {
      tag,
      message: `${tag} has ${list.length} numbers for the ${elements.length} species ${elements.join(' ')}.`,
    },
  ]
}

const lastElementWithoutD = 20

function shellComplaint(inputs: LintedInputs, element: string, index: number): readonly Complaint[] {
  const [l = -1, u = 0] = [listTag(inputs, 'LDAUL')?.[index], listTag(inputs, 'LDAUU')?.[index]]
  const atomicNumber = elementData[element]?.atomicNumber ?? lastElementWithoutD + 1
  if (l < 2 || u === 0 || atomicNumber > lastElementWithoutD) return []
  return [
    {
      tag: 'LDAUU',
      message: `U = ${u} eV with l = ${l} falls on ${element}, species ${index + 1}: is the order that of POSCAR?`,
    },
  ]
}
