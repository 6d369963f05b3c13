/** Lets so many through at a time; the others wait in the order in which they came. */
export interface Gate {
  /** Resolves with the function that gives the place back. */
  enter(): Promise<() => void>
  /** Fewer places from now on; never fewer than one. */
  narrow(places: number): void
}

export function gate(places: number): Gate {
  let open = places
  let inside = 0
  const waiting: (() => void)[] = []
  const admit = (): void => {
    while (inside < open && waiting.length > 0) {
      inside++
      waiting.shift()?.()
    }
  }
  const leave = (): void => {
    inside--
    admit()
  }
  return {
    enter: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(once(leave)))
        admit()
      }),
    narrow(fewer) {
      open = Math.max(1, Math.min(open, fewer))
    },
  }
}

function once(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}

/** All of them, so many at a time; the first failure is thrown after those under way have ended. */
export async function mapBounded<T>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  const work = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) {
      await act(item).catch((error: unknown) => {
        rest.length = 0
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: Math.min(atOnce, items.length) }, work))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
