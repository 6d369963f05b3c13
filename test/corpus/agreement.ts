/** How our value of one field stands to those of the other readers. */
export type Verdict = 'agree' | 'we read more' | 'they disagree' | 'we differ'

export interface Difference {
  readonly case: string
  readonly field: string
  readonly reason: string
}

/** Counts verdicts, and keeps what differs without a recorded reason. */
export class Agreement {
  readonly counts: Record<Verdict, number> = { 'agree': 0, 'we read more': 0, 'they disagree': 0, 'we differ': 0 }
  readonly unexplained: string[] = []
  readonly #known: ReadonlyMap<string, string>
  readonly #used = new Set<string>()

  constructor(known: readonly Difference[]) {
    this.#known = new Map(known.map((difference) => [`${difference.case} ${difference.field}`, difference.reason]))
  }

  /** `theirs`: undefined for a reader that does not give the field. When they disagree, the line-by-line reader (first) arbitrates. */
  compare(name: string, field: string, ours: unknown, theirs: readonly unknown[], tolerance = 1e-6): Verdict {
    const given = theirs.filter((value) => value !== undefined && value !== null)
    const verdict = this.#verdict(ours, given, tolerance)
    this.counts[verdict]++
    const mustMatch = verdict === 'we differ' || (verdict === 'they disagree' && !isClose(ours, given[0], tolerance))
    if (mustMatch && !this.#isKnown(name, field)) {
      this.unexplained.push(`${name} ${field}: ours ${short(ours)}, theirs ${given.map(short).join(' | ')}`)
    }
    return verdict
  }

  /** Recorded reasons that no longer apply: the table must not outlive its cases. */
  get outdated(): readonly string[] {
    return [...this.#known.keys()].filter((key) => !this.#used.has(key))
  }

  table(kind: string): string {
    const cells = Object.entries(this.counts).map(([verdict, count]) => `${verdict} ${count}`)
    return `${kind}: ${cells.join(' · ')} · recorded reasons ${this.#used.size}`
  }

  #verdict(ours: unknown, given: readonly unknown[], tolerance: number): Verdict {
    if (given.length === 0) return isNothing(ours) ? 'agree' : 'we read more'
    if (given.some((value) => !isClose(value, given[0], tolerance))) return 'they disagree'
    return isClose(ours, given[0], tolerance) ? 'agree' : 'we differ'
  }

  #isKnown(name: string, field: string): boolean {
    const key = `${name} ${field}`
    if (!this.#known.has(key)) return false
    this.#used.add(key)
    return true
  }
}

export function isClose(one: unknown, other: unknown, tolerance: number): boolean {
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, index) => isClose(value, other[index], tolerance))
  }
  // JSON has no NaN: the oracle writes null.
  if (isAbsent(one) || isAbsent(other)) return isAbsent(one) && isAbsent(other)
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one))
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || Number.isNaN(value)
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0)
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 60)
}
