import { ascii } from '../text/bytes.ts'
import { numberAfter, numberAfterWord, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

const sigmaToZero = ascii('energy(sigma->0) =')

/**
 * Energies of the ionic steps, eV. The blanks are the signal: `free  energy   TOTEN` is the ionic step,
 * `free energy    TOTEN` an electronic one.
 */
export function energiesSection(timeline: Timeline): Section {
  return {
    markers: {
      'free  energy   TOTEN': (line) => {
        if (!timeline.isMachineLearned()) timeline.claim('totenEv').totenEv = numberAfter(line)
      },
      'energy  without entropy': (line) => {
        const step = timeline.current()
        step.energyWithoutEntropyEv = numberAfter(line)
        step.energySigmaToZeroEv = numberAfterWord(line, sigmaToZero)
      },
      // Force-field steps before any training print zeros.
      'free  energy ML TOTEN': (line) => {
        timeline.current().totenEv = numberAfter(line)
      },
      'ML energy  without entropy': (line) => {
        const step = timeline.current()
        step.energyWithoutEntropyEv = numberAfter(line)
        step.energySigmaToZeroEv = numberAfterWord(line, sigmaToZero)
      },
    },
  }
}
