import { lineText, numberAfter, type OnMarker, type Section } from './line.ts'

/** Dispersion: the non-local functional, or a pair-wise correction. */
export interface Vdw {
  /** LUSE_VDW. */
  readonly nonlocal: boolean
  /** Zab_VDW, PARAM1, PARAM2 …: also printed as defaults when another functional is in use, so look at GGA as well. */
  readonly parameters: Readonly<Record<string, number | string>>
  readonly kernelFile: boolean
  /** Pair-wise correction of the last ionic step, eV. */
  readonly dispersionEnergyEv?: number
}

const parameterNames = ['Zab_VDW', 'PARAM1', 'PARAM2', 'PARAM3', 'IVDW', 'IVDW_NL', 'VDW_S6', 'VDW_S8', 'VDW_SR', 'VDW_A1', 'VDW_A2', 'VDW_RADIUS', 'VDW_CNRADIUS', 'VDW_D']

export function vdwSection(): Section & { result(): Vdw | undefined } {
  const parameters: Record<string, number | string> = {}
  let seen = false
  let nonlocal = false
  let kernelFile = false
  let dispersionEnergyEv: number | undefined

  const onParameter: OnMarker = (line) => {
    const found = /^([A-Za-z0-9_]+)\s*=\s*(\S+)/.exec(lineText(line))
    if (found === null) return
    seen = true
    const value = Number(found[2])
    parameters[found[1]!] = Number.isFinite(value) ? value : found[2]!
  }

  const onEnergy: OnMarker = (line) => {
    seen = true
    dispersionEnergyEv = numberAfter(line) ?? dispersionEnergyEv
  }

  return {
    result: () => (seen ? { nonlocal, parameters, kernelFile, ...(dispersionEnergyEv === undefined ? {} : { dispersionEnergyEv }) } : undefined),
    markers: {
      ...Object.fromEntries(parameterNames.flatMap((name) => [[`${name} `, onParameter], [`${name}=`, onParameter]])),
      'LUSE_VDW': (line) => {
        seen = true
        nonlocal = /=\s*T/.test(lineText(line))
      },
      'vdW kernel read from vdw_kernel.bindat': () => {
        seen = kernelFile = true
      },
      'Edisp (eV)': onEnergy,
      'Edisp (eV):': onEnergy,
    },
  }
}
