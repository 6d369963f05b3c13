import { matchStructures } from '../../src/structure/match.ts'
import { buildSlab } from '../../src/structure/slab/build-slab.ts'
import { analyseHost } from '../../src/structure/slab/host-crystal.ts'
import { orientedRepeat } from '../../src/structure/slab/oriented-repeat.ts'
import { terminationsOf } from '../../src/structure/slab/terminations.ts'
import type { Structure } from '../../src/structure/structure.ts'
import type { PymatgenAnswer, SlabQuestion } from './pymatgen.ts'
import { asStructure, comparable } from './upright.ts'

export interface Comparison {
  readonly id: string
  /** Distinct cuts: ours with the default tolerance of 0.3 Å, ours with pymatgen's 0.1 Å, pymatgen's. */
  readonly ours: number
  readonly oursFine: number
  readonly pymatgen: number
  /** Our repeats in pymatgen's oriented cell: it can only make multiples of this. */
  readonly repeatsPerCell: number
  readonly repeatAngstrom: number
  /** Our fine cuts by plane compositions, bottom to top. */
  readonly planes: readonly string[]
  /** Cuts of pymatgen that are none of ours, by shift. */
  readonly onlyPymatgen: readonly number[]
  /** Names of our fine cuts that pymatgen proposed but merged with another one. */
  readonly merged: readonly string[]
  /** Names of our fine cuts that pymatgen never proposed. */
  readonly onlyOurs: readonly string[]
  /** Slabs of pymatgen that are the same as another of its slabs. */
  readonly twice: number
}

const vacuumAngstrom = 15
/** pymatgen's `ftol`. */
const fineAngstrom = 0.1

/** Our cuts against pymatgen's: slabs of equal thickness that match up to symmetry are the same cut. */
export function compareSurface(
  { id, host, millerIndex }: SlabQuestion,
  answer: Exclude<PymatgenAnswer, { error: string }>,
): Comparison {
  const crystal = analyseHost(host)
  const repeat = orientedRepeat(host, millerIndex, crystal.translations)
  const fine = terminationsOf(crystal, repeat, { planeToleranceAngstrom: fineAngstrom })
  const repeatsPerCell = Math.round(answer.heightAngstrom / repeat.repeatAngstrom)
  const repeats = repeatsPerCell * answer.repeats
  const built = fine.map(({ name }) =>
    comparable(
      buildSlab(host, {
        millerIndex,
        termination: name,
        thickness: { repeats },
        planeToleranceAngstrom: fineAngstrom,
        vacuumAngstrom,
      }).structure,
      vacuumAngstrom,
    ),
  )
  const partner = (slab: Structure) =>
    fine[built.findIndex((own) => matchStructures(own, slab, { toleranceAngstrom: 0.05 }) !== undefined)]
      ?.name
  const theirs = answer.slabs.map((slab) => ({
    ...slab,
    name: partner(comparable(asStructure(slab), vacuumAngstrom)),
  }))
  const kept = theirs.filter((slab) => slab.kept)
  const keptNames = kept.flatMap(({ name }) => name ?? [])
  const proposed = new Set(theirs.flatMap(({ name }) => name ?? []))
  const missing = fine.map(({ name }) => name).filter((name) => !keptNames.includes(name))
  return {
    id,
    ours: terminationsOf(crystal, repeat).length,
    oursFine: fine.length,
    pymatgen: kept.length,
    repeatsPerCell,
    repeatAngstrom: repeat.repeatAngstrom,
    planes: fine.map(({ planes }) => planes.map((plane) => plane.formula).join(' ')),
    onlyPymatgen: theirs.filter(({ name }) => name === undefined).map(({ shift }) => shift),
    merged: missing.filter((name) => proposed.has(name)),
    onlyOurs: missing.filter((name) => !proposed.has(name)),
    twice: keptNames.length - new Set(keptNames).size,
  }
}
