import { analyseHost } from '../../src/structure/slab/host-crystal.ts'
import { orientedRepeat } from '../../src/structure/slab/oriented-repeat.ts'
import type { TaskerType } from '../../src/structure/slab/polarity.ts'
import { terminationsOf } from '../../src/structure/slab/terminations.ts'
import { crystals } from './crystals.ts'
import type { HandCount } from './hand-counts.ts'
import { readHost } from './hosts.ts'

export interface ProgramCount {
  readonly types: readonly (TaskerType | undefined)[]
  /** Of the first cut, from the bottom up. */
  readonly planes: string
  readonly repeatAngstrom: number
}

/** What the program finds for a surface that was counted by hand. */
export function countedByProgram({ host, millerIndex }: HandCount): ProgramCount {
  const structure = crystals[host] ?? readHost({ file: host, from: 'structures' })
  if (structure === undefined) throw new Error(`There is no ${host} in structures/.`)
  const crystal = analyseHost(structure)
  const repeat = orientedRepeat(structure, millerIndex, crystal.translations)
  const cuts = terminationsOf(crystal, repeat)
  const planes = cuts[0]?.planes.map(({ formula }) => formula) ?? []
  return {
    types: cuts.map(({ taskerType }) => taskerType),
    planes: planes.join(' '),
    repeatAngstrom: repeat.repeatAngstrom,
  }
}
