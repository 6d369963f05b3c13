import { sceneOf, type ShownCandidate } from '../../app/report/viewer-scenes.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { toCartesian, wrapDifference } from '../../structure/lattice.ts'
import type { Site, Structure } from '../../structure/structure.ts'
import type { Candidate } from '../../workflow/candidate.ts'
import { startingStructure } from '../../workflow/starting-structure.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StructureAnswer } from '../calculation-api.ts'

/** The atoms before and after, in one order, with bonds by our own rule. */
export async function structureAnswer(store: Store, calculation: CalculationRecord): Promise<StructureAnswer> {
  const screen = await store.screen(calculation.screenName)
  const candidate = screen?.candidates.find(({ id }) => id === calculation.candidateId)
  const before = await startOfPlan(store, calculation)
  const after = keptResult(await store.result(calculation.id))?.structure
  const shown = after ?? before
  if (shown === undefined) return { before: null, after: null, labels: [], displacements: [], largestDisplacementAngstrom: null }
  const first = before === undefined || after === undefined ? undefined : inOrderOf(before, after)
  const displacements = first === undefined || after === undefined ? [] : displacementsAngstrom(first, after)
  return {
    before: before === undefined ? null : sceneOf(shownCandidate(candidate, before), first ?? before),
    after: after === undefined ? null : sceneOf(shownCandidate(candidate, after), after),
    labels: shown.sites.map((site, n) => nameOf(site, n)),
    displacements: displacements.flat().map((value) => Math.round(value * 10_000) / 10_000),
    largestDisplacementAngstrom: displacements.length === 0 ? null : Math.max(...displacements.map((vector) => Math.hypot(...vector))),
  }
}

/** As planned; undefined while the step that it starts from has no result. */
async function startOfPlan(store: Store, { plan }: CalculationRecord): Promise<Structure | undefined> {
  const { start } = plan
  if (start.kind === 'structure') return start.structure
  const upstream = keptResult(await store.result(start.from))?.structure
  return upstream === undefined ? undefined : startingStructure(upstream, start)
}

function shownCandidate(candidate: Candidate | undefined, { sites }: Structure): ShownCandidate {
  const dopant = candidate?.dopant ?? null
  const dopantIndices = sites.flatMap(({ element }, n) => (element === dopant ? [n] : []))
  return { candidateId: candidate?.id ?? '', oxidationStates: candidate?.oxidationStates ?? {}, dopant, dopantIndices }
}

/** The names of the built structure survive sorting by species; undefined when the two are not of the same atoms. */
function inOrderOf(before: Structure, after: Structure): Structure | undefined {
  const byLabel = new Map(before.sites.map((site, n) => [nameOf(site, n), site]))
  const sites = after.sites.map((site, n) => byLabel.get(nameOf(site, n)))
  return sites.every((site) => site !== undefined) && sites.length === before.sites.length ? { ...before, sites } : undefined
}

/** [atom][xyz] in Å by the nearest image, in the lattice of the second; no shift of the whole cell is taken out. */
function displacementsAngstrom(before: Structure, after: Structure): readonly (readonly number[])[] {
  return after.sites.map(({ fractional: [x, y, z] }, n) => {
    const [a, b, c] = before.sites[n]!.fractional
    return toCartesian(after.lattice, wrapDifference([x - a, y - b, z - c]))
  })
}

function nameOf({ label, element }: Site, index: number): string {
  return label ?? `${element}-${index + 1}`
}
