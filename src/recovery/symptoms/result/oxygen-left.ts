import { neighboursOf } from '../../../structure/neighbours.ts'
import type { Structure } from '../../../structure/structure.ts'
import { finalStructure } from '../../final-structure.ts'
import type { Symptom } from '../../symptom.ts'

// O2 1.21 Å, superoxide 1.30 to 1.35 Å; no cation within the longest Li–O bond of an oxide.
const pairAngstrom = 1.4
const bondAngstrom = 2.6

/** Physics, not failure: a delithiated surface may give off oxygen. */
export const oxygenLeft: Symptom = {
  name: 'oxygen_left',
  message: ['an O–O pair shorter than 1.40 Å with no cation within 2.6 Å of either atom'],
  cause: 'A molecule of oxygen has left the surface, as delithiated oxides do.',
  cure: 'None, and none wanted: the finding is labelled and kept. Shorter steps that keep the molecule in place would hide it.',
  advice: 'Report it; look at the pair and at its moment (2 μB for O2).',
  source: 'Chen and Islam, Chem. Mater. 28, 6656 (2016)',
  weight: 'label',
  watches: true,
  ladder: [],
  detects: ({ planned, outcar }) => {
    const final =
      planned === undefined || outcar === undefined ? undefined : finalStructure(planned.structure, outcar)
    if (planned === undefined || final === undefined) return undefined
    const before = freePairs(planned.structure).map(nameOf)
    const left = freePairs(final).filter((pair) => !before.includes(nameOf(pair)))
    if (left.length === 0) return undefined
    return {
      where: 'OUTCAR',
      says: `O2 without cations: ions ${left.map(nameOf).join(', ')}`,
      count: left.length,
    }
  },
}

/** Pairs of oxygen ions that are bonded to each other only, 0-based. */
export function freePairs(structure: Structure): readonly (readonly [number, number])[] {
  return structure.sites.flatMap(({ element }, i): (readonly [number, number])[] => {
    if (element !== 'O') return []
    const near = neighboursOf(structure, i, bondAngstrom)
    const partner = near.find(
      ({ index, distanceAngstrom }) =>
        structure.sites[index]?.element === 'O' && distanceAngstrom < pairAngstrom,
    )
    if (partner === undefined || partner.index <= i) return []
    const isFree = [near, neighboursOf(structure, partner.index, bondAngstrom)]
      .flat()
      .every(({ index }) => structure.sites[index]?.element === 'O')
    return isFree ? [[i, partner.index]] : []
  })
}

/** As a person counts beside VASP's files, from 1. */
function nameOf([i, j]: readonly [number, number]): string {
  return `${i + 1}–${j + 1}`
}
