import type { IncarValue } from '../vasp/input/incar-value.ts'
import type { Change, CorrectableTag } from './correction.ts'

export function set(tags: Readonly<Partial<Record<CorrectableTag, IncarValue>>>): readonly Change[] {
  return Object.entries(tags).map(([tag, value]) => ({ kind: 'set', tag: tag as CorrectableTag, value }))
}

export function unset(...tags: readonly CorrectableTag[]): readonly Change[] {
  return tags.map((tag) => ({ kind: 'unset', tag }))
}

/** From the last geometry, with the orbitals if there are any. */
export const fromContcar: Change = { kind: 'start', geometry: 'contcar', wavecar: 'read' }
/** From the last geometry; the orbitals may be what is wrong. */
export const fromContcarAfresh: Change = { kind: 'start', geometry: 'contcar', wavecar: 'ignore' }
/** The very same inputs. */
export const sameInputs: Change = { kind: 'start', geometry: 'same', wavecar: 'ignore' }
export const sameGeometry: Change = { kind: 'start', geometry: 'same', wavecar: 'read' }

/** WAVECAR and CHGCAR of a failed run carry the failure on. */
export const withoutDensity: readonly Change[] = [
  { kind: 'remove', file: 'WAVECAR' },
  { kind: 'remove', file: 'CHGCAR' },
]
