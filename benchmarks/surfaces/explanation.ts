import type { Comparison } from './compare-surface.ts'

/** Why the numbers of a row differ; `same` when they do not. */
export function explanation(result: Comparison): string {
  const { repeatsPerCell, ours, oursFine, merged, onlyOurs, onlyPymatgen, twice } = result
  const reasons = [
    repeatsPerCell > 1 ? `same cuts; pymatgen makes only every ${ordinal(repeatsPerCell)} thickness` : '',
    ours < oursFine ? `${oursFine - ours} of the cuts would split a plane corrugated by less than 0.3 Å` : '',
    merged.length > 0
      ? `pymatgen's StructureMatcher (0.1 of the mean atomic distance, vacuum included) takes ${merged.join(', ')} for another cut`
      : '',
    onlyOurs.length > 0 ? `pymatgen does not propose ${onlyOurs.join(', ')}` : '',
    onlyPymatgen.length > 0
      ? `only pymatgen cuts at ${onlyPymatgen.map((shift) => shift.toFixed(3)).join(', ')}`
      : '',
    twice > 0 ? `pymatgen lists ${twice} twice` : '',
  ].filter((reason) => reason !== '')
  return reasons.length === 0 ? 'same' : reasons.join('; ')
}

function ordinal(n: number): string {
  return ['', 'first', 'second', 'third', 'fourth'][n] ?? `${n}th`
}
