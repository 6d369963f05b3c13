import { KnownError } from '../../../base/known-error.ts'
import { judgeRunState } from '../run-state.ts'
import { createLineScanner, pushAll, type Chunks } from '../text/chunks.ts'
import { finalStep, ionicStep, magnetization, sphereCharge, withoutAbsent } from './assemble.ts'
import { boxesSection } from './boxes.ts'
import { judgeConvergence } from './convergence.ts'
import { dipoleSection } from './dipole.ts'
import { createDispatcher } from './dispatcher.ts'
import { endingSection } from './ending.ts'
import { energiesSection } from './energies.ts'
import { fermiSection } from './fermi.ts'
import { forcesSection, type Mobility } from './forces.ts'
import { gridsSection } from './grids.ts'
import { headerSection } from './header.ts'
import { hubbardSection } from './hubbard.ts'
import { initialPositionsSection } from './initial-positions.ts'
import { kpointsSection } from './kpoints.ts'
import { latticeSection } from './lattice.ts'
import { molecularDynamicsSection } from './molecular-dynamics.ts'
import { onsiteDensitySection } from './onsite-density.ts'
import type { Outcar } from './outcar.ts'
import { scfSection } from './scf.ts'
import { settingsSection } from './settings.ts'
import { siteTablesSection } from './site-tables.ts'
import { speciesSection } from './species.ts'
import { stressSection } from './stress.ts'
import { createTimeline, type StepDraft } from './timeline.ts'
import { timingSection } from './timing.ts'
import { vdwSection } from './vdw.ts'

export interface OutcarOptions {
  /** Selective dynamics of the POSCAR, [ion][xyz], so that frozen components do not count as forces. */
  readonly mobile?: Mobility
  /** `energies` (default): scalars of every step, arrays of the last. `all`: forces, positions and lattice of every step. */
  readonly keepSteps?: 'all' | 'energies'
}

export interface OutcarReader {
  push(chunk: Uint8Array): void
  finish(): Outcar
}

/** Nothing in the file is known from an OUTCAR: another kind of file, or an empty one. */
export class NotAnOutcarError extends KnownError {
  readonly code = 'NOT_AN_OUTCAR'
  readonly remedy = 'Check that the file is an OUTCAR and is not empty; give another kind with --kind.'
  readonly linesRead: number
  constructor(linesRead: number) {
    super(linesRead === 0 ? 'The OUTCAR is empty: line 1 should name the version, " vasp.…".' : `No line of an OUTCAR within ${linesRead} lines: line 1 should name the version, " vasp.…".`)
    this.linesRead = linesRead
  }
}

/**
 * Reads an OUTCAR of VASP 4.6 to 6.x in one pass, in memory that does not grow with the size of the file.
 *
 * A file that ends early or is damaged gives what could be read, and `runState` says so.
 *
 * @throws NotAnOutcarError when nothing in it is an OUTCAR's
 */
export async function readOutcar(chunks: Chunks, options: OutcarOptions = {}): Promise<Outcar> {
  const reader = createOutcarReader(options)
  await pushAll(chunks, reader.push)
  return reader.finish()
}

/** The same for content that is pushed piece by piece. */
export function createOutcarReader(options: OutcarOptions = {}): OutcarReader {
  const keepAll = options.keepSteps === 'all'
  const timeline = createTimeline(keepAll)
  const species = speciesSection()
  const lattice = latticeSection(timeline)
  const header = headerSection(() => scanner.lineNumber)
  const settings = settingsSection()
  const tables = siteTablesSection(species.ionCount)
  const timing = timingSection(timeline)
  const ending = endingSection()
  const [kpoints, grids, hubbard, vdw, dipole] = [kpointsSection(), gridsSection(), hubbardSection(), vdwSection(), dipoleSection()]
  const [onsite, boxes, initialPositions] = [onsiteDensitySection(), boxesSection(), initialPositionsSection()]
  const dispatcher = createDispatcher([
    header, species, settings, kpoints, grids, hubbard, vdw, lattice, initialPositions,
    scfSection(timeline), energiesSection(timeline), forcesSection(timeline, lattice, species.ionCount), stressSection(timeline),
    fermiSection(timeline), tables, molecularDynamicsSection(timeline), dipole, onsite, boxes, ending, timing,
  ])
  const scanner = createLineScanner(dispatcher.sink, dispatcher.filter)

  function finish(): Outcar {
    scanner.finish()
    const steps = timeline.dft.filter(isStarted)
    const machineLearned = timeline.machineLearned.filter(isStarted)
    const { species: list, ionCount } = species.result()
    const known = settings.result()
    const { timing: times, memory, hasTimingBlock } = timing.result()
    if (isForeign(list.length + steps.length + machineLearned.length + Object.keys(known.settings).length)) throw new NotAnOutcarError(scanner.lineNumber)
    const converged = judgeConvergence({ ...known, steps, ending: ending.result(), hasTimingBlock, mobility: options.mobile })
    const evidence = { ...converged, hasTimingBlock, hasSteps: steps.length + machineLearned.length > 0 || ending.result().reachedRequiredAccuracy, stopped: ending.result().stopped !== undefined }
    return withoutAbsent({
      ...header.result(),
      runState: judgeRunState(evidence),
      converged,
      ionicSteps: steps.map((step) => ionicStep(step, known, keepAll)),
      final: finalStep(steps, { lattice: lattice.latest(), positions: initialPositions.result() }, options.mobile),
      magnetization: magnetization(tables.result(), last(timeline.dft, 'magnetizationMuB')),
      charge: sphereCharge(tables.result()),
      fermiEnergyEv: last(timeline.dft, 'fermiEnergyEv'),
      electronCount: electronsOf(known.settings['NELECT']) ?? last(timeline.dft, 'electrons'),
      ionCount,
      species: list,
      ...known,
      hubbard: hubbard.result(),
      vdw: vdw.result(),
      kpoints: kpoints.result(),
      grids: grids.result(),
      dipole: dipole.result(),
      onsiteDensities: onsite.result(),
      boxes: boxes.result(),
      memory,
      timing: times,
      machineLearnedSteps: machineLearned.map((step) => ionicStep(step, known, keepAll)),
      linesRead: scanner.lineNumber,
    }) as Outcar
  }

  function isForeign(found: number): boolean {
    return found === 0 && header.result().build === undefined && !timing.result().hasTimingBlock
  }

  return { push: scanner.push, finish }
}

function isStarted(step: StepDraft): boolean {
  return step.scfSteps > 0 || step.totenEv !== undefined || step.forces !== undefined
}

function last<Field extends keyof StepDraft>(steps: readonly StepDraft[], field: Field): StepDraft[Field] | undefined {
  return steps.findLast((step) => step[field] !== undefined)?.[field]
}

function electronsOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
