/** What has been read of one ionic step. Sections fill it in while the file passes by. */
export interface StepDraft {
  scfSteps: number
  /** Last `total energy-change`, eV. */
  lastEnergyChangeEv: number | undefined
  /** What VASP said when it left the electronic loop. */
  loopEnd: 'reached' | 'not-reached' | undefined
  totenEv: number | undefined
  energyWithoutEntropyEv: number | undefined
  energySigmaToZeroEv: number | undefined
  fermiEnergyEv: number | undefined
  electrons: number | undefined
  magnetizationMuB: readonly number[] | undefined
  pressureKbar: number | undefined
  /** xx yy zz xy yz zx, kB. */
  stressKbar: Float64Array | undefined
  volumeAngstrom3: number | undefined
  /** [ion][xyz] flat, eV/Å. */
  forces: Float64Array | undefined
  /** [ion][xyz] flat, Cartesian Å. */
  positions: Float64Array | undefined
  /** Rows a, b, c, Å: the last lattice printed before the positions. */
  lattice: Float64Array | undefined
  maxForceEvPerAngstrom: number | undefined
  rmsForceEvPerAngstrom: number | undefined
  driftEvPerAngstrom: readonly number[] | undefined
  kineticEnergyEv: number | undefined
  temperatureK: number | undefined
  loopSeconds: number | undefined
}

/** The ionic steps in order. Steps of a machine-learned force field are kept apart from those of DFT. */
export interface Timeline {
  readonly dft: readonly StepDraft[]
  readonly machineLearned: readonly StepDraft[]
  /** The step that lines now speak of; made when there is none. */
  current(): StepDraft
  /** An `Iteration n( k)` line: a new ionic step when n is new. */
  beginIteration(ionic: number | undefined, electronic: number | undefined): void
  /** A step of the force field begins; said more than once at its head. */
  beginMachineLearned(): void
  isMachineLearned(): boolean
  /** Before a quantity that stands once in a step: files without iteration lines are divided by it. */
  claim(field: 'totenEv' | 'forces'): StepDraft
}

export function createTimeline(keepArraysOfAllSteps: boolean): Timeline {
  const dft: StepDraft[] = []
  const machineLearned: StepDraft[] = []
  const keepers = new Map<readonly StepDraft[], StepDraft>()
  let steps = dft
  let ionicNumber: number | undefined
  let electronicNumber = 0

  function begin(): StepDraft {
    const previous = steps.at(-1)
    if (previous !== undefined && !keepArraysOfAllSteps) keepArraysOf(previous)
    const step = emptyStep()
    steps.push(step)
    return step
  }

  // One earlier step keeps its arrays: the last whole one, else the last.
  function keepArraysOf(step: StepDraft): void {
    const kept = keepers.get(steps)
    if (kept !== undefined && isComplete(kept) && !isComplete(step)) return forgetArrays(step)
    if (kept !== undefined) forgetArrays(kept)
    keepers.set(steps, step)
  }

  function current(): StepDraft {
    return steps.at(-1) ?? begin()
  }

  return {
    dft,
    machineLearned,
    current,
    beginIteration(ionic, electronic = electronicNumber + 1) {
      const left = steps !== dft
      steps = dft
      // A number too wide for its field is `***`: then the electronic count, starting again, tells.
      const isNew = ionic === undefined ? electronic <= electronicNumber : ionic !== ionicNumber
      if (dft.length === 0 || (isNew && (left || isStarted(current())))) begin()
      ionicNumber = ionic ?? ionicNumber
      electronicNumber = electronic
      current().scfSteps++
    },
    beginMachineLearned() {
      steps = machineLearned
      if (isStarted(current())) begin()
    },
    isMachineLearned: () => steps === machineLearned,
    claim(field) {
      const step = current()
      return step[field] === undefined ? step : begin()
    },
  }
}

/** Something of the step itself was seen; what stands before the first one does not count. */
export function isStarted(step: StepDraft): boolean {
  return step.scfSteps > 0 || step.totenEv !== undefined || step.forces !== undefined
}

function isComplete(step: StepDraft): boolean {
  return step.totenEv !== undefined && step.forces !== undefined
}

function forgetArrays(step: StepDraft): void {
  step.forces = step.positions = step.lattice = step.stressKbar = undefined
}

function emptyStep(): StepDraft {
  return {
    scfSteps: 0, lastEnergyChangeEv: undefined, loopEnd: undefined,
    totenEv: undefined, energyWithoutEntropyEv: undefined, energySigmaToZeroEv: undefined,
    fermiEnergyEv: undefined, electrons: undefined, magnetizationMuB: undefined,
    pressureKbar: undefined, stressKbar: undefined, volumeAngstrom3: undefined,
    forces: undefined, positions: undefined, lattice: undefined,
    maxForceEvPerAngstrom: undefined, rmsForceEvPerAngstrom: undefined, driftEvPerAngstrom: undefined,
    kineticEnergyEv: undefined, temperatureK: undefined, loopSeconds: undefined,
  }
}
