import { incomparableSettings, type RunSettings } from '../../analysis/run-settings.ts'
import type { ScreenRun } from '../results/screen-runs.ts'

/** Do the energies of the runs of one step mean the same? */
export interface SetConsistency {
  /** Calculation id to what its settings differ in from those of most runs. */
  readonly marks: ReadonlyMap<string, readonly string[]>
  /** What a reader of the file must be told, run by run; empty when all settings agree and are known. */
  readonly warnings: readonly string[]
}

/**
 * Compares cutoff, functional, U, potentials, precision, k-point density and smearing as the runs printed them. The runs fall
 * into groups that agree; the largest one is taken for the set, and all others are marked.
 *
 * @param references  candidates that may have a smearing of their own, as in the tables of energies: metals and molecules
 */
export function setConsistency(runs: readonly ScreenRun[], references: ReadonlySet<string> = new Set()): SetConsistency {
  const isReference = ({ calculation }: ScreenRun): boolean => references.has(calculation.candidateId)
  // Members first: a reference agrees with any smearing.
  const groups = groupsOf(runs.toSorted((one, other) => Number(isReference(one)) - Number(isReference(other))), isReference)
  const main = groups.toSorted((one, other) => other.ids.length - one.ids.length)[0]
  const others = groups.filter((group) => group !== main)
  const told = others.map(({ ids, settings }) => ({ ids, differs: incomparableSettings(main?.settings ?? settings, settings).join('; ') }))
  const unknown = runs.filter(({ result }) => result?.settings == null)
  return {
    marks: new Map(told.flatMap(({ ids, differs }) => ids.map((id) => [id, [`settings other than of most runs of this step (there and here): ${differs}`]] as const))),
    warnings: [
      ...told.map(({ ids, differs }) => `${runWords(ids)} other settings than most runs of this step (there and here): ${differs}`),
      ...(unknown.length === 0 ? [] : [`${runWords(unknown.map(({ calculation }) => calculation.id))} settings that the OUTCAR does not tell`]),
    ],
  }
}

interface Group {
  readonly ids: readonly string[]
  /** Of its first run, with U and potentials of the elements that only later ones have. */
  readonly settings: RunSettings
}

function groupsOf(runs: readonly ScreenRun[], isReference: (run: ScreenRun) => boolean): readonly Group[] {
  const groups: Group[] = []
  for (const run of runs) {
    const { calculation, result } = run
    if (result?.settings == null) continue
    const settings = isReference(run) ? { ...result.settings, isReference: true } : result.settings
    const at = groups.findIndex((group) => incomparableSettings(group.settings, settings).length === 0)
    const group = groups[at]
    if (group === undefined) groups.push({ ids: [calculation.id], settings })
    else groups[at] = { ids: [...group.ids, calculation.id], settings: withElements(group.settings, settings) }
  }
  return groups
}

function withElements(known: RunSettings, more: RunSettings): RunSettings {
  return { ...known, hubbardUEv: { ...more.hubbardUEv, ...known.hubbardUEv }, potentials: { ...more.potentials, ...known.potentials } }
}

function runWords(ids: readonly string[]): string {
  const shown = ids.length > 3 ? `${ids.slice(0, 2).join(', ')} and ${ids.length - 2} more` : ids.join(', ')
  return `${shown} ${ids.length === 1 ? 'has' : 'have'}`
}
