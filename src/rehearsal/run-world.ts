import type { DyingProcess } from './faults/strike.ts'

/** What a run needs from the process it lives in. */
export interface RunWorld extends DyingProcess {
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds of some clock; used for pauses and timing lines only. */
  now(): number
  pause(milliseconds: number): Promise<void>
}
