/** So many electrons' worth of files are read side by side: about four slabs of a hundred atoms, or everything of small cells. */
const mostElectrons = 4_000
/** However large they are, one more is read while the other one waits for its site. */
const alwaysAtOnce = 2

interface Reader {
  readonly electrons: number
  readonly isAlone: boolean
  readonly enter: () => void
}

/**
 * Lets few readers of large files in at a time and many of small ones, because what is read lies in memory; first come, first served.
 * Who is to be alone waits for an empty room and keeps it empty.
 */
export class ReadingRoom {
  readonly #inside = new Set<Reader>()
  readonly #waiting: Reader[] = []

  /** @returns leaves the room */
  async enter(electrons: number, isAlone = false): Promise<() => void> {
    let reader: Reader | undefined
    await new Promise<void>((enter) => {
      reader = { electrons, isAlone, enter }
      this.#waiting.push(reader)
      this.#letIn()
    })
    return () => {
      if (reader !== undefined && this.#inside.delete(reader)) this.#letIn()
    }
  }

  #letIn(): void {
    for (let next = this.#waiting[0]; next !== undefined && this.#hasRoomFor(next); next = this.#waiting[0]) {
      this.#waiting.shift()
      this.#inside.add(next)
      next.enter()
    }
  }

  #hasRoomFor({ electrons, isAlone }: Reader): boolean {
    const inside = [...this.#inside]
    if (inside.length === 0) return true
    if (isAlone || inside.some((each) => each.isAlone)) return false
    return inside.length < alwaysAtOnce || electrons + inside.reduce((sum, each) => sum + each.electrons, 0) <= mostElectrons
  }
}
