/**
 * Keeps repeated tasks to one round at a time.
 *
 * A round that finds a later one already promised leaves without promising another, so that extra tasks (a reconcile,
 * a second start) never multiply the loop; a promise that was lost with a queue runs out by itself. One that was made later
 * than it is now is void: the clock was set back, and nobody looks at the site before it has caught up.
 */
export class Pace {
  readonly #promised = new Map<string, { readonly atMs: number; readonly dueMs: number }>()

  isExtra(subject: string, nowMs: number): boolean {
    const promised = this.#promised.get(subject)
    if (promised === undefined || nowMs < promised.atMs - slackMs) return false
    return nowMs < promised.dueMs - slackMs
  }

  promise(subject: string, dueMs: number, nowMs: number): void {
    this.#promised.set(subject, { atMs: nowMs, dueMs })
  }
}

// Delayed tasks may be handed out a little early.
const slackMs = 50
