import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Structure } from '../../structure/structure.ts'
import { readPoscar, type PoscarFile } from '../../structure/poscar.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { interpretRun } from '../../workflow/interpret-run.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import type { StepKindName } from '../../workflow/steps/step-kind.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import { readCharges } from './read-charges.ts'
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
  const contcar = unlessBroken(contcarText)
  const { acf, baderOutput, missing } = await readCharges(transport, folder, written.sites.length)
  const sent = { step, kMesh, written }
  const result = interpretRun({ ...sent, outcar, contcar, acf, baderOutput })
  const levels = result.runState === 'finished' ? await readLevels(transport, folder, stepKindOf(planned)) : {}
  const baderMissing = step === 'static' ? (missing ?? null) : null
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

/** A damaged CONTCAR does not lose the run. */
function unlessBroken(text: string | undefined): PoscarFile | undefined {
  if (text === undefined || text.trim() === '') return undefined
  try {
    return readPoscar(text)
  } catch (error) {
    if (!isKnownError(error)) throw error
    return undefined
  }
}
