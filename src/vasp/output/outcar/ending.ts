import type { Section } from './line.ts'

export interface Ending {
  /** ` reached required accuracy - stopping structural energy minimisation`. */
  readonly reachedRequiredAccuracy: boolean
  /** STOPCAR: LSTOP ends after the ionic step, LABORT after the electronic one. */
  readonly stopped: 'soft' | 'hard' | undefined
}

export function endingSection(): Section & { result(): Ending } {
  let reachedRequiredAccuracy = false
  let stopped: Ending['stopped']
  return {
    result: () => ({ reachedRequiredAccuracy, stopped }),
    markers: {
      'reached required accuracy': () => {
        reachedRequiredAccuracy = true
      },
      'soft stop encountered': () => {
        stopped ??= 'soft'
      },
      'hard stop encountered': () => {
        stopped = 'hard'
      },
    },
  }
}
