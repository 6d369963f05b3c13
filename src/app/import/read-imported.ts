import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Failure } from '../../ports/store.ts'
import { toFractional } from '../../structure/lattice.ts'
import { readPoscar } from '../../structure/poscar.ts'
import type { Structure } from '../../structure/structure.ts'
import { readKpoints } from '../../vasp/input/kpoints.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { StepKindName } from '../../workflow/steps/step-kind.ts'
import { densityNames, missingDensityWords } from '../outputs/read-charges.ts'
import { readRun } from '../outputs/read-run.ts'
import { openFile } from '../parse/open-file.ts'
import { withUnpackedRun, type UnpackedRun } from './unpack-run.ts'

/** One run that was made by hand, as far as its files tell. */
export interface ImportedRun extends Pick<UnpackedRun, 'inputSha256' | 'outputs'> {
  /** Where its files lie, absolute. */
  readonly folder: string
  readonly kind: StepKindName
  /** undefined when not even OUTCAR could be read. */
  readonly outcar?: Outcar
  /** Before the run; undefined when no file tells the ions. */
  readonly written?: Structure
  /** undefined when no KPOINTS with a mesh is there. */
  readonly kMesh?: readonly [number, number, number]
  readonly result?: StepResult
  /** Why there is no result that a table may show. */
  readonly failure?: Failure
}

/** Reads a run with the readers of every other run. What cannot be read is a failure with its reason. */
export async function readImported(folder: string, transport: SiteConnection['transport'], kind?: StepKindName): Promise<ImportedRun> {
  try {
    return await withUnpackedRun(folder, (run) => readUnpacked(folder, run, transport, kind))
  } catch (error) {
    if (!isKnownError(error)) throw error
    const failure = { code: error.code, message: error.message, remedy: error.remedy }
    return { folder, kind: kind ?? 'static', inputSha256: {}, outputs: {}, failure }
  }
}

async function readUnpacked(folder: string, run: UnpackedRun, transport: SiteConnection['transport'], asked?: StepKindName): Promise<ImportedRun> {
  const outcar = await readOutcar(openFile(join(run.folder, 'OUTCAR')).chunks())
  const kind = asked ?? kindOf(outcar)
  const written = writtenStructure(run.folder, outcar)
  const kMesh = meshOf(run.folder)
  const known = { folder, kind, outcar, inputSha256: run.inputSha256, outputs: run.outputs, ...(written === undefined ? {} : { written }), ...(kMesh === undefined ? {} : { kMesh }) }
  if (written === undefined) return { ...known, failure: unfinished('no file of the run tells its ions') }
  const connection = { transport } as SiteConnection
  const read = await readRun(connection, run.folder, { step: kind, kind, kMesh: kMesh ?? unknownMesh }, written)
  if (read === undefined) return { ...known, failure: unfinished('OUTCAR says nothing of a run') }
  const why = stateWords[read.result.runState]
  return why === undefined ? { ...known, result: withWhyNoCharges(read.result, folder) } : { ...known, failure: unfinished(why(read.outcar)) }
}

/** The readers look into a folder with copies of what they need, where no density is. */
function withWhyNoCharges(result: StepResult, folder: string): StepResult {
  const has = (name: string): boolean => ['', '.gz'].some((ending) => existsSync(join(folder, name + ending)))
  if (result.baderMissing === null || has('ACF.dat')) return result
  const absent = densityNames.filter((name) => !has(name))
  const remedy = 'make it there with `dopant bader CHGCAR --ref AECCAR0 AECCAR2 >bader.out 2>&1`'
  return { ...result, baderMissing: `the folder has no ACF.dat: ${absent.length === 0 ? remedy : missingDensityWords(absent)}` }
}

/** Stands for a mesh that no file tells; nothing is compared by it. */
export const unknownMesh = [0, 0, 0] as const

/** Ions that move make a relaxation; levels from a fixed density are a density of states. */
export function kindOf({ settings }: Outcar): StepKindName {
  const [steps, algorithm, charge] = [settings['NSW'], settings['IBRION'], settings['ICHARG']].map(Number)
  if (steps !== undefined && steps > 0 && algorithm !== undefined && algorithm >= 0) return 'relax'
  return charge !== undefined && charge >= 10 ? 'dos' : 'static'
}

/** POSCAR, else what OUTCAR or CONTCAR tell. A POSCAR of VASP 4 takes its elements from OUTCAR. */
function writtenStructure(folder: string, outcar: Outcar): Structure | undefined {
  const elements = outcar.species.map(({ symbol }) => symbol.split(/[_.]/)[0] ?? symbol)
  for (const name of ['POSCAR', 'CONTCAR']) {
    const path = join(folder, name)
    if (!existsSync(path)) continue
    try {
      return readPoscar(readFileSync(path, 'latin1'), elements.length === 0 ? {} : { elements }).structure
    } catch (error) {
      if (!isKnownError(error)) throw error
    }
  }
  return structureOf(outcar, elements)
}

function structureOf({ final, species }: Outcar, elements: readonly string[]): Structure | undefined {
  const { latticeAngstrom: lattice, positionsCartesianAngstrom: positions } = final ?? {}
  const ions = species.flatMap(({ count = 0 }, n) => Array.from({ length: count }, () => elements[n] ?? ''))
  if (lattice === undefined || positions === undefined || ions.length !== positions.length) return undefined
  const sites = ions.map((element, n) => ({ element, fractional: toFractional(lattice as Structure['lattice'], positions[n]!) }))
  return { comment: 'from OUTCAR', lattice: lattice as Structure['lattice'], sites }
}

function meshOf(folder: string): readonly [number, number, number] | undefined {
  const path = join(folder, 'KPOINTS')
  if (!existsSync(path)) return undefined
  try {
    const kpoints = readKpoints(readFileSync(path, 'latin1'))
    return kpoints.kind === 'mesh' ? kpoints.mesh : undefined
  } catch (error) {
    if (!isKnownError(error)) throw error
    return undefined
  }
}

/** Clauses for what may not stand in a table as a result. */
const stateWords: Readonly<Record<string, (outcar: Outcar) => string>> = {
  stopped: (outcar) => `the run was stopped by hand after ${stepsText(outcar)}`,
  interrupted: (outcar) => `OUTCAR ends after ${stepsText(outcar)}: the run was cut off`,
  'ionic-unconverged': (outcar) => `the ions did not reach the force limit in ${stepsText(outcar)}`,
  'electronic-unconverged': () => 'the electrons of the last step did not converge',
  'failed-at-start': () => 'the run ended before its first electronic step',
}

function stepsText({ ionicSteps }: Outcar): string {
  return ionicSteps.length === 1 ? '1 ionic step' : `${ionicSteps.length} ionic steps`
}

function unfinished(why: string): Failure {
  return { code: 'IMPORTED_RUN', message: `${why[0]!.toUpperCase()}${why.slice(1)}.`, remedy: 'Finish the run and import its folder again.' }
}
