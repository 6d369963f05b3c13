import { ascii } from '../text/bytes.ts'
import { numberAfter, numberAfterWord, numbersAfter, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

const magnetization = ascii('magnetization')

/** Fermi energy (eV), electrons and magnetisation of the step: the last of each that was printed. */
export function fermiSection(timeline: Timeline): Section {
  return {
    markers: {
      'E-fermi :': (line) => {
        timeline.current().fermiEnergyEv = numberAfter(line) ?? timeline.current().fermiEnergyEv
      },
      // 6.x prints the Fermi energy of every electronic step in this form as well.
      'Fermi energy:': (line) => {
        timeline.current().fermiEnergyEv = numberAfter(line) ?? timeline.current().fermiEnergyEv
      },
      'number of electron ': (line) => {
        const step = timeline.current()
        step.electrons = numberAfter(line)
        if (numberAfterWord(line, magnetization) === undefined) return
        const text = line.bytes.subarray(line.after, line.end)
        line.after += indexAfter(text)
        step.magnetizationMuB = numbersAfter(line)
      },
    },
  }
}

function indexAfter(text: Uint8Array): number {
  const letter = text.indexOf(109)
  return letter < 0 ? text.length : letter + magnetization.length
}
