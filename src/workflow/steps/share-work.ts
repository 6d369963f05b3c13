import type { Correction, LayoutChange } from '../../recovery/correction.ts'
import { applyLayoutChange, chooseLayout, defaultBandCount, kPointCount, type Layout } from '../../recovery/layout.ts'
import { flattenGroups, withoutTags, type IncarGroups } from '../../vasp/input/incar-settings.ts'
import type { VaspInput } from './step-kind.ts'

/** The ranks of a job. */
export interface Ranks {
  readonly nodes: number
  readonly ranksPerNode: number
}

/** How the ranks share this run's k-points and bands, after the corrections in force; undefined for a single rank. */
export function layoutOf(input: VaspInput, ranks: Ranks, corrections: readonly Correction[]): Layout | undefined {
  const changes = corrections.flatMap((each) => each.changes.flatMap((change) => (change.kind === 'layout' ? [change.change] : [])))
  if (ranks.nodes * ranks.ranksPerNode === 1 && changes.length === 0) return undefined
  return changes.reduce((layout, change) => applyLayoutChange(layout, change) ?? layout, plannedLayout(input, ranks))
}

/** Can the job still be changed that way? */
export function canShareOtherwise(
  input: VaspInput,
  ranks: Ranks,
  corrections: readonly Correction[],
  change: LayoutChange,
): boolean {
  const layout = layoutOf(input, ranks, corrections) ?? plannedLayout(input, ranks)
  return applyLayoutChange(layout, change) !== undefined
}

function plannedLayout(input: VaspInput, ranks: Ranks): Layout {
  const { incar, structure, electronCount, kMesh } = input
  const bands = typeof incar['NBANDS'] === 'number' ? incar['NBANDS'] : defaultBandCount(electronCount, structure.sites.length)
  const isym = typeof incar['ISYM'] === 'number' ? incar['ISYM'] : 2
  const chosen = chooseLayout({ ...ranks, bands, kPoints: kPointCount(kMesh.mesh, isym) })
  const set = (tag: 'KPAR' | 'NCORE'): number => (typeof incar[tag] === 'number' ? incar[tag] : chosen[tag])
  return { ...chosen, KPAR: set('KPAR'), NCORE: set('NCORE') }
}

/** NCORE and KPAR of the layout, where the user or a correction has not set the same, or NPAR. */
export function shareWork(input: VaspInput, layout: Layout | undefined): VaspInput {
  if (layout === undefined || layout.nodes * layout.ranksPerNode === 1) return input
  const { incar } = input
  const shared = {
    ...(incar['KPAR'] === layout.KPAR ? {} : { KPAR: layout.KPAR }),
    ...(incar['NCORE'] === layout.NCORE || incar['NPAR'] !== undefined ? {} : { NCORE: layout.NCORE }),
  }
  if (Object.keys(shared).length === 0) return input
  const groups: IncarGroups = { ...withoutTags(input.incarGroups, Object.keys(shared)), parallel: shared }
  return { ...input, incarGroups: groups, incar: flattenGroups(groups) }
}
