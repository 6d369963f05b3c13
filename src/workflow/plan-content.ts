import { stepKindOf, type PlannedCalculation, type StartingPoint } from './planned-calculation.ts'

/** JSON whose keys are in alphabetical order at every depth: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** What makes two plans the same calculation: what is done, with which settings, from where. Words for people do not count. */
export function planContent(plan: PlannedCalculation): string {
  const { settings, start, kMesh } = plan
  return canonicalJson({ kind: stepKindOf(plan), settings, kMesh, start: withoutComment(start) })
}

function withoutComment(start: StartingPoint): StartingPoint {
  return start.kind === 'relaxed' ? start : { ...start, structure: { ...start.structure, comment: '' } }
}

/** The plan with the ids that what it depends on has in the store. */
export function withIds(plan: PlannedCalculation, ids: ReadonlyMap<string, string>): PlannedCalculation {
  const stored = (id: string): string => ids.get(id) ?? id
  const { start } = plan
  if (plan.dependsOn.every((id) => stored(id) === id) && (start.kind === 'structure' || stored(start.from) === start.from)) return plan
  return {
    ...plan,
    dependsOn: plan.dependsOn.map(stored),
    start: start.kind === 'structure' ? start : { ...start, from: stored(start.from) },
  }
}

/** What differs between two plans of the same step, for people: `encutEv 520 → 600`. */
export function changedWords(before: PlannedCalculation, after: PlannedCalculation): readonly string[] {
  const [old, now] = [leaves(before.settings), leaves(after.settings)]
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key))
  const words = keys.map((key) => `${key} ${old.get(key) ?? 'absent'} → ${now.get(key) ?? 'absent'}`)
  if (before.kMesh.join() !== after.kMesh.join()) words.push(`mesh ${before.kMesh.join('×')} → ${after.kMesh.join('×')}`)
  const isSameStart = canonicalJson(withoutComment(before.start)) === canonicalJson(withoutComment(after.start))
  return isSameStart ? words : [...words, startWords(after.start)]
}

function startWords(start: StartingPoint): string {
  return start.kind === 'structure' ? 'another structure' : `starts from ${start.from}`
}

function leaves(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (value === null || typeof value !== 'object') return new Map([[path, String(value)]])
  if (Array.isArray(value)) return new Map([[path, value.join(' ')]])
  return new Map(Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : [...leaves(part, path === '' ? key : `${path}.${key}`)])))
}
