/** First come, first served: one holder at a time. */
export class SessionLock {
  #last: Promise<void> = Promise.resolve()

  /** Resolves, when it is one's turn, to the function that ends the turn. */
  async take(): Promise<() => void> {
    const before = this.#last
    let end: () => void = () => undefined
    this.#last = new Promise((resolve) => {
      end = resolve
    })
    await before
    return end
  }
}
