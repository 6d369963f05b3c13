/** A time limit that stands still while a person is asked. */
export interface PausableDeadline {
  onEnd(act: () => void): void
  pausing<A extends readonly unknown[], T>(
    ask: ((...args: A) => Promise<T>) | undefined,
  ): ((...args: A) => Promise<T>) | undefined
  end(): void
}

export function pausableDeadline(seconds: number): PausableDeadline {
  let leftMs = seconds * 1000
  let asking = 0
  let since = performance.now()
  let timer: NodeJS.Timeout | undefined
  let act: () => void = () => undefined
  let isOver = false

  const start = (): void => {
    since = performance.now()
    timer = isOver ? undefined : setTimeout(() => act(), Math.max(0, leftMs))
  }
  const pause = (): void => {
    clearTimeout(timer)
    leftMs -= performance.now() - since
  }
  start()
  return {
    onEnd(given) {
      act = given
    },
    pausing: (ask) =>
      ask &&
      (async (...args) => {
        if (asking++ === 0) pause()
        try {
          return await ask(...args)
        } finally {
          if (--asking === 0) start()
        }
      }),
    end() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
