import type { Clock } from '../../ports/clock.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Templates } from '../../ports/templates.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'

/** `warning`: it works, and something is lost by it. `skipped`: there was nothing to look at, or looking made no sense. */
export type ProbeStatus = 'ok' | 'warning' | 'wrong' | 'skipped'

export interface Finding {
  readonly status: ProbeStatus
  /** What was found, or what is wrong; one line or a few. */
  readonly found: string
  /** What the owner of the site does about it. */
  readonly remedy?: string
}

/** What a check works with, and what its test job left. */
export interface SiteCheck {
  readonly connection: SiteConnection
  readonly templates: Templates
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Longest wait for the test job, in the queue and running. */
  readonly jobTimeoutSeconds: number
  /** A line about what is going on, for people who wait. */
  readonly say: (line: string) => void
  testRun?: TestRun
}

/** The test job after its end. */
export interface TestRun {
  readonly folder: string
  readonly token: string
  readonly outcar: Outcar
}

/** One question to a site. */
export interface Probe {
  readonly name: string
  /** Probes without whose success this one cannot work. */
  readonly needs: readonly string[]
  run(check: SiteCheck): Promise<Finding>
}

export const ok = (found: string): Finding => ({ status: 'ok', found })
export const warning = (found: string, remedy: string): Finding => ({ status: 'warning', found, remedy })
export const wrong = (found: string, remedy: string): Finding => ({ status: 'wrong', found, remedy })
export const skipped = (found: string): Finding => ({ status: 'skipped', found })

/** The last lines of what a program said, on one line. */
export function lastWords(text: string, lines = 3): string {
  const all = text.split('\n').map((line) => line.trim())
  return all
    .filter((line) => line !== '')
    .slice(-lines)
    .join(' / ')
    .slice(0, 400)
}
