/**
 * Keeps repeated tasks to one round at a time.
 *
 * A round that finds a later one already promised leaves without promising another, so that extra tasks (a reconcile,
 * a second start) never multiply the loop; a promise that was lost with a queue runs out by itself. One that was made later
 * than it is now is void: the clock was set back, and nobody looks at the site before it has caught up.
 */
export class Pace {
  readonly #promised = new Map<string, { readonly atMs: number; readonly dueMs: number }>()
  readonly #atWork = new Set<string>()

  /** Returns false when the round is extra, or one of the same subject is at work. */
  begin(subject: string, nowMs: number): boolean {
    if (this.#atWork.has(subject) || this.isExtra(subject, nowMs)) return false
    this.#atWork.add(subject)
    return true
  }

  end(subject: string): void {
    this.#atWork.delete(subject)
  }

  /** When a round will be missed if it does not come: its task was lost. One that is at work now will be missed some time after now at the earliest. */
  missedAtMs(nowMs: number): number | undefined {
    const due = [...this.#promised].map(([subject, { dueMs }]) => (this.#atWork.has(subject) ? nowMs : dueMs))
    return due.length === 0 ? undefined : Math.min(...due) + lostAfterMs
  }

  isExtra(subject: string, nowMs: number): boolean {
    const promised = this.#promised.get(subject)
    if (promised === undefined || nowMs < promised.atMs - slackMs) return false
    return nowMs < promised.dueMs - slackMs
  }

  promise(subject: string, dueMs: number, nowMs: number): void {
    this.#promised.set(subject, { atMs: nowMs, dueMs })
  }
}

const lostAfterMs = 10_000
// Delayed tasks may be handed out a little early.
const slackMs = 50
