import { ascii } from '../text/bytes.ts'
import { createNumberCursor, fillNumbers, pointAt } from '../text/number.ts'
import { contains, finite, numbersAfter, type Line, type RowReader, type Section } from './line.ts'
import type { LatticeSection } from './lattice.ts'
import type { StepDraft, Timeline } from './timeline.ts'

/** Which Cartesian components may move, [ion][xyz], from the selective dynamics of a POSCAR. */
export type Mobility = readonly (readonly [boolean, boolean, boolean] | undefined)[]

const totalForce = ascii('TOTAL-FORCE')
const machineLearned = ascii('(ML)')

/** `POSITION … TOTAL-FORCE`: six numbers an ion, in POSCAR order; Å and eV/Å. Only whole tables count. */
export function forcesSection(timeline: Timeline, lattice: LatticeSection, ions: () => number | undefined): Section {
  const cursor = createNumberCursor()
  let table = new Float64Array(6 * 64)
  // Linear response prints drifts of other tables.
  let driftBelongsToForces = false

  function rows(isMachineLearned: boolean): RowReader {
    let count = 0
    let rulers = 0
    return (line) => {
      if (isRuler(line)) {
        if (++rulers === 2) finish(count, isMachineLearned)
        return rulers < 2
      }
      if (6 * count + 6 > table.length) table = grown(table)
      if (fillNumbers(pointAt(cursor, line.bytes, line.first, line.end), table, 6 * count, 6) < 6) return false
      count++
      return true
    }
  }

  function finish(count: number, isMachineLearned: boolean): void {
    const wanted = ions()
    if (count === 0 || (wanted !== undefined && count !== wanted)) return
    if (isMachineLearned !== timeline.isMachineLearned()) return
    const step = timeline.claim('forces')
    const positions = new Float64Array(3 * count)
    const forces = new Float64Array(3 * count)
    for (let component = 0; component < 3 * count; component++) {
      const at = component + 3 * Math.trunc(component / 3)
      positions[component] = table[at]!
      forces[component] = table[at + 3]!
    }
    step.positions = positions
    step.forces = forces
    step.lattice = lattice.latest()
    measure(step, forces)
    driftBelongsToForces = true
  }

  return {
    markers: {
      'POSITION': (line) => (contains(line, totalForce) ? rows(contains(line, machineLearned)) : undefined),
      'total drift:': (line) => {
        const drift = numbersAfter(line)
        if (drift.length >= 3 && driftBelongsToForces) timeline.current().driftEvPerAngstrom = drift.slice(0, 3)
        driftBelongsToForces = false
      },
    },
  }
}

/** Largest norm of a force; components that are frozen do not count. NaN when VASP could not print one (`****`): it must not look small. */
export function maxForce(forces: Float64Array, mobility?: Mobility): number {
  let largest = 0
  for (let ion = 0; 3 * ion < forces.length; ion++) {
    const free = mobility?.[ion]
    let square = 0
    for (let axis = 0; axis < 3; axis++) {
      const component = forces[3 * ion + axis]!
      if (free?.[axis] !== false) square += component * component
    }
    if (Number.isNaN(square)) return NaN
    if (square > largest) largest = square
  }
  return Math.sqrt(largest)
}

function measure(step: StepDraft, forces: Float64Array): void {
  let squares = 0
  for (const component of forces) squares += component * component
  step.maxForceEvPerAngstrom = finite(maxForce(forces))
  step.rmsForceEvPerAngstrom = finite(Math.sqrt((3 * squares) / forces.length))
}

function isRuler(line: Line): boolean {
  return line.bytes[line.first] === 45 && line.bytes[line.first + 1] === 45
}

function grown(table: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(table.length * 2)
  larger.set(table)
  return larger
}
