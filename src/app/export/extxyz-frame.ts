import type { Vector3 } from '../../base/vector.ts'

/** One ionic step as machine-learning sets need it. */
export interface TrainingFrame {
  readonly elements: readonly string[]
  /** Rows a, b, c flat, Å. */
  readonly latticeAngstrom: ArrayLike<number>
  /** [ion][xyz] flat, Å. */
  readonly positionsAngstrom: ArrayLike<number>
  /** [ion][xyz] flat. */
  readonly forcesEvPerAngstrom: ArrayLike<number>
  /** energy(σ→0). */
  readonly energyEv: number
  /** TOTEN, which the forces belong to. */
  readonly freeEnergyEv: number
  /** Further keys of the comment line, in order: words, numbers and T or F. */
  readonly info: Readonly<Record<string, string | number | boolean>>
}

/**
 * Extended XYZ that ASE reads as an atoms object with a calculator: `energy` is extrapolated to zero smearing,
 * `free_energy` is what the forces are the gradient of.
 *
 * @source https://github.com/libAtoms/extxyz
 */
export function trainingFrameText(frame: TrainingFrame): string {
  const { elements, latticeAngstrom, positionsAngstrom, forcesEvPerAngstrom } = frame
  const keys = {
    Properties: 'species:S:1:pos:R:3:forces:R:3',
    energy: decimal(frame.energyEv),
    free_energy: decimal(frame.freeEnergyEv),
    ...frame.info,
    pbc: 'T T T',
  }
  const comment = [`Lattice="${numbers(latticeAngstrom).join(' ')}"`, ...Object.entries(keys).map(([key, value]) => `${key}=${written(value)}`)]
  const rows = elements.map((element, ion) => {
    const [position, force] = [tripleOf(positionsAngstrom, ion), tripleOf(forcesEvPerAngstrom, ion)]
    return [element.padEnd(2), ...position.map((x) => x.toFixed(8).padStart(14)), ...force.map((f) => f.toFixed(8).padStart(14))].join(' ')
  })
  return `${elements.length}\n${comment.join(' ')}\n${rows.join('\n')}\n`
}

function tripleOf(flat: ArrayLike<number>, ion: number): Vector3 {
  return [flat[3 * ion] ?? Number.NaN, flat[3 * ion + 1] ?? Number.NaN, flat[3 * ion + 2] ?? Number.NaN]
}

function numbers(flat: ArrayLike<number>): readonly string[] {
  return Array.from(flat, (value) => value.toFixed(8))
}

/** Readers take `-11` for a whole number, which is another type than all other energies. */
function decimal(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value)
}

function written(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'T' : 'F'
  if (typeof value === 'number') return String(value)
  return /^[\w.:+-]+$/.test(value) ? value : `"${value.replaceAll(/["\\\r\n]/g, ' ')}"`
}
