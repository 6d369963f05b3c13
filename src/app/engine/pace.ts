/**
 * Keeps repeated tasks to one round at a time.
 *
 * A round that finds a later one already promised leaves without promising another, so that extra tasks (a reconcile,
 * a second start) never multiply the loop; a promise that was lost with a queue runs out by itself.
 */
export class Pace {
  readonly #dueMs = new Map<string, number>()

  isExtra(subject: string, nowMs: number): boolean {
    return nowMs < (this.#dueMs.get(subject) ?? 0) - slackMs
  }

  promise(subject: string, dueMs: number): void {
    this.#dueMs.set(subject, dueMs)
  }
}

// Delayed tasks may be handed out a little early.
const slackMs = 50
