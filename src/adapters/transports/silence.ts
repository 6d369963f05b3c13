import { SiteSilentError } from '../../ports/transport-errors.ts'

/** What is known of a site that answered nothing: its file system hangs, or a program of it does, while the connection stands. */
export interface Silence {
  /**
   * For how many seconds a command that begins now may say nothing.
   *
   * @throws SiteSilentError while nothing is asked at all
   */
  patienceSeconds(): number
  /** A command has said nothing for so long and was given up. */
  happened(afterSeconds: number): SiteSilentError
  /** A command came to its end. */
  isOver(): void
}

export interface SilenceTiming {
  readonly longestSeconds: number
  /** For the command that looks whether the site answers again. */
  readonly lookSeconds: number
  readonly firstRestSeconds: number
  readonly longestRestSeconds: number
}

/** Longer than any command that only reads on a login node; a sum of a CHGCAR takes a minute or two. */
export const silenceTiming: SilenceTiming = { longestSeconds: 600, lookSeconds: 60, firstRestSeconds: 60, longestRestSeconds: 1800 }

/** After a silence the site rests, twice as long after each further one; then one command looks, while the others are refused. */
export function silenceOf(host: string, timing: SilenceTiming = silenceTiming, now: () => number = () => performance.now()): Silence {
  let silences = 0
  let restsUntilMs = 0
  return {
    patienceSeconds() {
      if (silences === 0) return timing.longestSeconds
      const leftMs = restsUntilMs - now()
      if (leftMs > 0) throw new SiteSilentError(host, `it answered nothing before; it is asked again in ${Math.ceil(leftMs / 1000)} s`)
      // This one looks. Others wait as long as it may take.
      restsUntilMs = now() + 1000 * timing.lookSeconds
      return timing.lookSeconds
    },
    happened(afterSeconds) {
      silences += 1
      restsUntilMs = now() + 1000 * Math.min(timing.firstRestSeconds * 2 ** (silences - 1), timing.longestRestSeconds)
      return new SiteSilentError(host, `a command has said nothing for ${Math.round(afterSeconds)} s and was given up`)
    },
    isOver() {
      silences = 0
    },
  }
}

/**
 * Calls `act` once when a number has not changed for so many seconds. Returns what ends the watch.
 *
 * @param count anything that grows or shrinks while there is life
 */
export function whenSilent(seconds: number, count: () => number, act: () => void): () => void {
  const looks = 4
  let [last, quietLooks] = [count(), 0]
  const timer = setInterval(() => {
    const seen = count()
    quietLooks = seen === last ? quietLooks + 1 : 0
    last = seen
    if (quietLooks < looks) return
    clearInterval(timer)
    act()
  }, (1000 * seconds) / looks)
  return () => clearInterval(timer)
}
