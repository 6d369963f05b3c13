import { norm, type Vector3 } from '../../../base/vector.ts'
import type { VasprunStep } from './vasprun-file.ts'

interface Energies {
  free?: number
  withoutEntropy?: number
  sigmaToZero?: number
}

/** Collects the energies of one `<calculation>` after the other. */
export interface StepReader {
  readonly begin: () => void
  readonly beginScf: () => void
  /** `e_fr_energy` and its kind, of an electronic step or of the whole. */
  readonly energy: (name: string, valueEv: number, ofScf: boolean) => void
  readonly forces: (forces: readonly Vector3[]) => void
  readonly elapsed: (seconds: number) => void
  /** The step since `begin`; undefined when there was none. */
  readonly finish: () => VasprunStep | undefined
}

export function createStepReader(): StepReader {
  let open = false
  let scf: Energies[] = []
  let whole: Energies = {}
  let rest: { maxForceEvPerAngstrom?: number; elapsedSeconds?: number } = {}

  return {
    begin: () => {
      open = true
      scf = []
      whole = {}
      rest = {}
    },
    beginScf: () => {
      if (open) scf.push({})
    },
    energy: (name, valueEv, ofScf) => {
      const key = energyKeys[name]
      if (key === undefined) return
      const target = ofScf ? scf.at(-1) : whole
      if (target !== undefined) target[key] = valueEv
    },
    forces: (forces) => {
      if (forces.length > 0)
        rest.maxForceEvPerAngstrom = forces.reduce((most, force) => Math.max(most, norm(force)), 0)
    },
    elapsed: (seconds) => {
      rest.elapsedSeconds = seconds
    },
    finish: () => {
      if (!open) return undefined
      open = false
      return { ...energiesOf(scf, whole), ...rest }
    },
  }
}

const energyKeys: Readonly<Record<string, keyof Energies>> = {
  e_fr_energy: 'free',
  e_wo_entrp: 'withoutEntropy',
  e_0_energy: 'sigmaToZero',
}

function energiesOf(scf: readonly Energies[], whole: Energies): VasprunStep {
  const printed = scf.filter((step) => step.free !== undefined)
  const last = printed.at(-1)
  const before = printed.at(-2)
  const totenEv = whole.free
  const sigmaToZero = sigmaToZeroEv(whole, last)
  return {
    ...(totenEv !== undefined && { totenEv }),
    ...(whole.withoutEntropy !== undefined && { energyWithoutEntropyEv: whole.withoutEntropy }),
    ...(sigmaToZero !== undefined && { energySigmaToZeroEv: sigmaToZero }),
    scfSteps: scf.length,
    ...(last?.free !== undefined &&
      before?.free !== undefined && { lastEnergyChangeEv: last.free - before.free }),
  }
}

function sigmaToZeroEv(whole: Energies, last: Energies | undefined): number | undefined {
  if (whole.free === undefined) return undefined
  if (last?.sigmaToZero === undefined || last.free === undefined) return whole.sigmaToZero
  return last.sigmaToZero + (whole.free - last.free)
}
