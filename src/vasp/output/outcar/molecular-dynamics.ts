import { ascii } from '../text/bytes.ts'
import { numberAfter, numberAfterWord, type Section } from './line.ts'
import type { Timeline } from './timeline.ts'

const temperature = ascii('temperature')

/** Kinetic energy (eV) and temperature (K) of the steps of a molecular dynamics run. */
export function molecularDynamicsSection(timeline: Timeline): Section {
  return {
    markers: {
      'kinetic energy EKIN   =': (line) => {
        timeline.current().kineticEnergyEv = numberAfter(line)
      },
      'kin. lattice  EKIN_LAT=': (line) => {
        timeline.current().temperatureK = numberAfterWord(line, temperature)
      },
    },
  }
}
