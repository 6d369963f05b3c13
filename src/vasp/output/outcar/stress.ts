import { finite, numberAfter, numbersAfter, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

/** Stress and pressure of the ionic steps in kB, as printed: xx yy zz xy yz zx. Not-a-number is kept in the tensor. */
export function stressSection(timeline: Timeline): Section {
  return {
    markers: {
      'in kB': (line) => {
        const stress = numbersAfter(line)
        if (stress.length >= 6) timeline.current().stressKbar = Float64Array.from(stress.slice(0, 6))
      },
      'external pressure =': (line) => {
        timeline.current().pressureKbar = finite(numberAfter(line))
      },
    },
  }
}
