import { ascii, indexOfWord } from '../text/bytes.ts'
import { numberAfter, numbersAfter, type Line, type Section } from './line.ts'
import type { StepDraft, Timeline } from './timeline.ts'

const magnetization = ascii('magnetization')

// `E-fermi` has four decimals, `Fermi energy:` ten.
const roundingOfEFermi = 0.00006

/** Fermi energy (eV), electrons and magnetisation of the step: the last of each that was printed. */
export function fermiSection(timeline: Timeline): Section {
  let stepWithEFermi: StepDraft | undefined
  let eFermi = NaN

  function onEFermi(line: Line): void {
    const step = timeline.current()
    eFermi = numberAfter(line) ?? NaN
    if (Number.isNaN(eFermi)) return
    stepWithEFermi = step
    if (!(Math.abs(step.fermiEnergyEv! - eFermi) < roundingOfEFermi)) step.fermiEnergyEv = eFermi
  }

  // 6.x: printed in every electronic step, and again with more digits after `E-fermi`.
  function onFermiEnergy(line: Line): void {
    const step = timeline.current()
    const energy = numberAfter(line)
    const contradicts = step === stepWithEFermi && !(Math.abs(energy! - eFermi) < roundingOfEFermi)
    if (energy !== undefined && !contradicts) step.fermiEnergyEv = energy
  }

  return {
    markers: {
      'E-fermi :': onEFermi,
      'Fermi energy:': onFermiEnergy,
      'number of electron ': (line) => {
        const step = timeline.current()
        step.electrons = numberAfter(line)
        const at = indexOfWord(line.bytes, line.after, line.end, magnetization)
        if (at < 0) return
        line.after = at + magnetization.length
        const moments = numbersAfter(line).filter(Number.isFinite)
        if (moments.length > 0) step.magnetizationMuB = moments
      },
    },
  }
}
