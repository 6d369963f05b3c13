import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Structure } from '../../structure/structure.ts'
import { readPoscar, type PoscarFile } from '../../structure/poscar.ts'
import { readAcf, type AcfFile } from '../../vasp/output/acf.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { interpretRun } from '../../workflow/interpret-run.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import type { StepKindName } from '../../workflow/steps/step-kind.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import { readElectrons } from './read-electrons.ts'
import { readPlanarPotential } from './read-potential.ts'
import { readRemote, readRemoteText } from './remote-chunks.ts'

export interface RunRead {
  readonly result: StepResult
  readonly outcar: Outcar
  /** As it is, whole or not. */
  readonly contcarText: string | undefined
}

/** What a run left behind, read from the site; undefined when there is no OUTCAR that says anything. */
export async function readRun(
  { transport }: SiteConnection,
  folder: string,
  planned: Pick<PlannedCalculation, 'step' | 'kMesh' | 'kind'>,
  written: Structure,
): Promise<RunRead | undefined> {
  const { step, kMesh } = planned
  const mobile = written.sites.map((site) => site.mobile ?? ([true, true, true] as const))
  const outcar = await readRemote(transport, `${folder}/OUTCAR`, (chunks) =>
    readOutcar(chunks, { mobile }).catch(answerUndefined),
  )
  if (outcar === undefined) return undefined
  const contcarText = await readRemoteText(transport, `${folder}/CONTCAR`)
  const contcar = await unlessBroken<PoscarFile>(contcarText, readPoscar)
  const acf = await unlessBroken<AcfFile>(await readRemoteText(transport, `${folder}/ACF.dat`), readAcf)
  const baderOutput = await readRemoteText(transport, `${folder}/bader.out`)
  const sent = { step, kMesh, written }
  const result = interpretRun({ ...sent, outcar, contcar: contcar.value, acf: acf.value, baderOutput })
  const why = acf.problem ?? 'the site ran no Bader partition'
  const levels = result.runState === 'finished' ? await readLevels(transport, folder, stepKindOf(planned)) : {}
  const baderMissing = result.bader === null && step === 'static' ? why : null
  return { result: { ...result, ...levels, baderMissing }, outcar, contcarText }
}

/** What only the last steps of a candidate tell: a relaxation's levels are those of a moving geometry. */
async function readLevels(transport: Transport, folder: string, kind: StepKindName): Promise<Levels> {
  if (kind === 'relax') return {}
  const electronicStructure = await readElectrons(transport, folder)
  return kind === 'dos'
    ? { electronicStructure }
    : { electronicStructure, planarPotential: await readPlanarPotential(transport, folder) }
}

type Levels = Pick<StepResult, 'electronicStructure' | 'planarPotential'>

function answerUndefined(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}

/** A damaged side file is missing with a reason; it does not lose the run. */
async function unlessBroken<T>(
  text: string | undefined,
  read: (text: string) => T,
): Promise<{ value: T | undefined; problem: string | undefined }> {
  if (text === undefined || text.trim() === '') return { value: undefined, problem: undefined }
  try {
    return { value: read(text), problem: undefined }
  } catch (error) {
    if (!isKnownError(error)) throw error
    return { value: undefined, problem: error.message }
  }
}
