import { bondsOf, type Bonding } from '../../analysis/bonds.ts'
import { anionElements } from '../../structure/ions.ts'
import type { Structure } from '../../structure/structure.ts'
import { analyseSymmetry, orbitsOf, wyckoffName } from '../../structure/symmetry.ts'
import { withFormalCharges } from './formal-charges.ts'
import type { OxidationStates } from '../../structure/ions.ts'

/** What is bonded to one atom; equal atoms are one entry. */
export interface Environment extends Bonding {
  readonly label?: string
  readonly oxidationState?: number
  /** In the group of the cell as given. */
  readonly wyckoff: string
  /** Atoms that symmetry makes equal, from 0. */
  readonly equivalent: readonly number[]
}

export interface Environments {
  readonly environments: readonly Environment[]
  readonly chargeReason: string
  /** Which distances count as bonds. */
  readonly rules: readonly string[]
}

/** Bonds between cations and anions by the bond-valence rule, for one atom of each orbit. */
export function environmentsOf(given: Structure, asked: OxidationStates = {}): Environments {
  const { structure, reason } = withFormalCharges(given, asked)
  const states = asAnions(structure)
  const symmetry = analyseSymmetry(structure)
  const environments = orbitsOf(symmetry).map((equivalent): Environment => {
    const first = equivalent[0] ?? 0
    const site = structure.sites[first]
    return {
      ...bondsOf(structure, first, states),
      ...(site?.label !== undefined && { label: site.label }),
      ...(site?.oxidationState !== undefined && { oxidationState: site.oxidationState }),
      wyckoff: wyckoffName(symmetry, first),
      equivalent,
    }
  })
  const rules = environments.flatMap((environment) => environment.rules.map((rule) => rule.text))
  return { environments, chargeReason: reason, rules: [...new Set(rules)] }
}

/** Without charges, what counts as an anion in this structure is told by a negative charge; its size plays no part. */
function asAnions(structure: Structure): OxidationStates {
  if (structure.sites.every((site) => site.oxidationState !== undefined)) return {}
  const anions = anionElements(structure)
  return Object.fromEntries([...anions].map((element) => [element, -2]))
}
