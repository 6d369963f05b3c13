import type { Correction } from '../recovery/correction.ts'

/** What was decided when an attempt had ended, with the reason as people read it. */
export interface AttemptDecision {
  /**
   * `accept`: the run is what was planned. `correct`: another attempt with a correction. `continue`, `repeat`: another
   * one as it was, from the last geometry or from the same start. `offer`: a correction that a person has to accept for
   * the whole series. `person`: nothing is left to try.
   */
  readonly kind: 'accept' | 'correct' | 'continue' | 'repeat' | 'offer' | 'person'
  readonly reason: string
  /** What the next attempt shall do otherwise; for `offer`, what a person may accept. */
  readonly correction?: Correction
  /** For `person`: what can be done, one imperative sentence. */
  readonly advice?: string
  /** Where the next attempt starts; absent after a run that is accepted. */
  readonly start?: NextStart
}

export interface NextStart {
  /** `contcar`: the last geometry, found sound; `same`: what this attempt was sent with. */
  readonly geometry: 'contcar' | 'same'
  readonly readWavecar: boolean
  /** NSW of the next attempt. */
  readonly remainingSteps: number
  /** Nodes that failed this calculation since a person last saw it, for an attempt that shall run elsewhere. */
  readonly avoidNodes?: readonly string[]
  /** Why CONTCAR or WAVECAR are not used, in words. */
  readonly refused: readonly string[]
}
