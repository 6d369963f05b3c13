import { elementData } from '../../base/elements-data.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Incar } from './incar.ts'
import type { SpeciesBlock } from './species-blocks.ts'

/** Effective U (U − J) in eV by element: d for transition metals, f for lanthanides and actinides. */
export type HubbardUEv = Readonly<Record<string, number>>

export class HubbardElementError extends KnownError {
  readonly code = 'HUBBARD_ELEMENT'
  readonly remedy = 'Give U for d and f elements only; for others edit LDAUL through overrides.'
  constructor(element: string, value: number) {
    super(`U = ${value} eV for ${element} has no d or f shell to act on.`)
  }
}

/**
 * Dudarev's on-site term, one number for each species block of POSCAR; −1 where there is none.
 *
 * Made from the species as they are written, never from an input list: VASP ignores surplus values in silence, and
 * re-sorted atoms would then carry another element's U.
 *
 * @returns no tags when no species has a U
 * @throws HubbardElementError for a U on an s or p element, or one that is not a finite number
 * @source https://vasp.at/wiki/LDAUL, https://vasp.at/wiki/LDAUTYPE
 */
export function hubbardTags(blocks: readonly SpeciesBlock[], hubbardUEv: HubbardUEv): Incar {
  const values = blocks.map(({ element }) => checkedU(element, hubbardUEv[element] ?? 0))
  if (values.every((value) => value === 0)) return {}
  return {
    LDAU: true,
    LDAUTYPE: 2,
    LDAUL: blocks.map(({ element }, index) => (values[index] === 0 ? -1 : shellOf(element))),
    LDAUU: values,
    LDAUJ: values.map(() => 0),
  }
}

/**
 * How far the charge mixer goes: 6 with f elements, 4 with d elements, else VASP's 2 (no tag).
 *
 * @source https://vasp.at/wiki/LMAXMIX
 */
export function lmaxmixTag(blocks: readonly SpeciesBlock[]): Incar {
  const highest = Math.max(...blocks.map(({ element }) => shellOf(element)))
  return highest >= 2 ? { LMAXMIX: 2 * highest } : {}
}

function checkedU(element: string, value: number): number {
  if (value !== 0 && (shellOf(element) < 2 || !Number.isFinite(value)))
    throw new HubbardElementError(element, value)
  return value
}

/** Angular momentum of the shell that is being filled: 3 for f, 2 for d (groups 3 to 12), else 0. */
function shellOf(element: string): 0 | 2 | 3 {
  const z = elementData[element]?.atomicNumber ?? 0
  const within = (first: number, last: number): boolean => z >= first && z <= last
  if (within(58, 71) || within(90, 103)) return 3
  return within(21, 30) || within(39, 48) || z === 57 || within(72, 80) || z === 89 ? 2 : 0
}
