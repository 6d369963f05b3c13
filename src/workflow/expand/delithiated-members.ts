import { didYouMean } from '../../base/did-you-mean.ts'
import { formalHolesPerOxygen } from '../../structure/charge-balance.ts'
import { delithiatedLabels, outermostLabels, withoutLabels } from '../../structure/delithiation.ts'
import type { Slab } from '../../structure/slab/slab.ts'
import { neighboursOf } from '../../structure/neighbours.ts'
import { composition, type Structure } from '../../structure/structure.ts'
import type { DelithiationRule, Screen } from '../screen/screen-schema.ts'
import { chemistryOf } from './describe-candidate.ts'
import { NoSuchCandidateError, NothingToRemoveError } from './expand-errors.ts'
import { startWords, type Member } from './member.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'

/** The members with lithium taken out: the same ions in every one that a rule names. */
export function delithiatedMembers(screen: Screen, slab: Slab, built: readonly Member[]): readonly Member[] {
  const all = screen.delithiation.flatMap((rule) => {
    const { element, planes, count, layer } = rule
    const where = { element, faces: rule.faces === 'one' ? 'top' : 'both', ...(layer === undefined ? {} : { layer }) } as const
    const labels =
      count === undefined ? delithiatedLabels(slab, { ...where, planes }) : outermostLabels(slab, { ...where, count })
    const parents = rule.of.flatMap((id) => membersNamed(built, id))
    return [...new Set(parents)].map((parent) => delithiated(screen, slab, parent, rule, labels))
  })
  // Two rules may name the same planes of the same candidate.
  return [...new Map(all.toReversed().map((member) => [member.candidate.id, member])).values()].toReversed()
}

/** A candidate and its further starts. */
function membersNamed(built: readonly Member[], id: string): readonly Member[] {
  const found = built.filter(({ candidate }) => candidate.id === id || candidate.startOf === id)
  if (found.length > 0) return found
  const known = built.map((member) => member.candidate.id)
  throw new NoSuchCandidateError('delithiation', id, known, didYouMean(id, known))
}

function delithiated(
  screen: Screen,
  slab: Slab,
  parent: Member,
  rule: DelithiationRule,
  labels: readonly string[],
): Member {
  // A dopant or a vacancy may be where one of these ions was: then one less is there to be removed.
  const removed = labels.filter((label) => parent.structure.sites.some((site) => site.label === label))
  if (removed.length === 0) throw new NothingToRemoveError(parent.candidate.id, rule.element, rule.planes)
  const structure = withoutLabels(parent.structure, removed)
  const unit = formulaUnit(slab, rule.element)
  const left = structure.sites.filter((site) => site.element === rule.element).length
  const chemistry = chemistryOf(screen, structure, parent.ionsMoved)
  const momentsMuB = oxygenMoments(parent.structure, removed, rule.oxygenMomentMuB)
  const { startsFrom: _, ...ofParent } = parent.candidate
  const dopantCount = parent.candidate.site?.ionIndices.length ?? 0
  return {
    structure,
    origin: { kind: 'delithiated', parentId: parent.candidate.id, removedLabels: removed, momentsMuB },
    variation: parent.variation,
    hasDipole: parent.hasDipole || rule.faces === 'one',
    candidate: {
      ...ofParent,
      ...chemistry,
      ...idWords(parent, rule),
      site:
        parent.candidate.site === null
          ? null
          : { ...parent.candidate.site, ionIndices: dopantIndices(parent, structure, dopantCount) },
      delithiation: {
        faces: rule.faces,
        planes: rule.planes,
        of: parent.candidate.id,
        removedCount: removed.length,
        remainingPerFormulaUnit: left / unit.count,
        formalHolesPerOxygen: formalHolesPerOxygen(structure, siteOrDefaultStates(screen)),
      },
      warnings: [...parent.candidate.warnings, ...unequalRemoval(labels, removed)],
    },
  }
}

/** `B-on-Mn-delith1-s2` is another start of `B-on-Mn-delith1`. */
function idWords(
  { candidate, variation }: Member,
  rule: DelithiationRule,
): Pick<Member['candidate'], 'id' | 'startOf'> {
  const first = candidate.startOf ?? candidate.id
  const { element, planes, count, layer, faces } = rule
  const words = [element === 'Li' ? undefined : element, layer, faces === 'one' ? 'one-face' : undefined]
  const ending = words.flatMap((word) => (word === undefined ? [] : [`-${word}`])).join('')
  const firstId = `${first}-delith${count === undefined ? planes : `-${count}ions`}${ending}`
  const id = `${firstId}${candidate.startOf === undefined ? '' : variation.suffix}`
  return { id, ...startWords(firstId, id) }
}

/** Oxygens this near to an ion that leaves lose a bond: Li–O bonds are 2.0 to 2.2 Å. */
const bondedAngstrom = 2.6

/** A moment for every oxygen that loses a neighbour, by label, so that a hole can settle there. */
function oxygenMoments(
  structure: Structure,
  removed: readonly string[],
  momentMuB: number,
): Readonly<Record<string, number>> {
  if (momentMuB === 0) return {}
  const leaving = structure.sites.flatMap(({ label }, i) => (removed.includes(label ?? '') ? [i] : []))
  const near = leaving.flatMap((index) =>
    neighboursOf(structure, index, bondedAngstrom).map((other) => structure.sites[other.index]),
  )
  const oxygens = near.flatMap((site) =>
    site?.element === 'O' && site.label !== undefined ? [site.label] : [],
  )
  return Object.fromEntries([...new Set(oxygens)].map((label) => [label, momentMuB]))
}

function dopantIndices(parent: Member, structure: Member['structure'], count: number): readonly number[] {
  const labels = (parent.candidate.site?.ionIndices ?? []).map(
    (index) => parent.structure.sites[index]?.label,
  )
  const indices = structure.sites.flatMap((site, i) => (labels.includes(site.label) ? [i] : []))
  return indices.slice(0, count)
}

function unequalRemoval(wanted: readonly string[], removed: readonly string[]): readonly string[] {
  if (wanted.length === removed.length) return []
  return [
    `${wanted.length - removed.length} of the ions to remove are dopants or vacancies here: fewer are removed than elsewhere.`,
  ]
}

/** Formula units in the slab: its counts divided by their greatest common divisor. */
function formulaUnit(slab: Slab, element: string): { readonly count: number } {
  const counts = [...composition(slab.structure).values()]
  const count = counts.reduce(greatestCommonDivisor)
  return { count: (composition(slab.structure).get(element) ?? 0) === 0 ? 1 : count }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
