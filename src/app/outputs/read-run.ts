import { isKnownError } from '../../base/known-error.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Structure } from '../../structure/structure.ts'
import { readPoscar, type PoscarFile } from '../../structure/poscar.ts'
import { readAcf, type AcfFile } from '../../vasp/output/acf.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { interpretRun } from '../../workflow/interpret-run.ts'
import type { PlannedCalculation } from '../../workflow/planned-calculation.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import { diagnoseRun } from './diagnose-run.ts'
import { readRemote, readRemoteText } from './remote-chunks.ts'

/** What a run left behind, read from the site; undefined when there is no OUTCAR that says anything. */
export async function readRun(
  connection: SiteConnection,
  folder: string,
  { step, kMesh }: Pick<PlannedCalculation, 'step' | 'kMesh'>,
  written: Structure,
): Promise<StepResult | undefined> {
  const { transport } = connection
  const mobile = written.sites.map((site) => site.mobile ?? ([true, true, true] as const))
  const outcar = await readRemote(transport, `${folder}/OUTCAR`, (chunks) =>
    readOutcar(chunks, { mobile }).catch(answerUndefined),
  )
  if (outcar === undefined) return undefined
  const contcar = await unlessBroken<PoscarFile>(await readRemoteText(transport, `${folder}/CONTCAR`), readPoscar)
  const acf = await unlessBroken<AcfFile>(await readRemoteText(transport, `${folder}/ACF.dat`), readAcf)
  const baderOutput = await readRemoteText(transport, `${folder}/bader.out`)
  const sent = { step, kMesh, written }
  const result = interpretRun({ ...sent, outcar, contcar: contcar.value, acf: acf.value, baderOutput })
  const why = acf.problem ?? 'the site ran no Bader partition'
  const diagnoses = result.runState === 'finished' ? [] : await diagnoseRun(connection, folder, outcar)
  return { ...result, diagnoses, baderMissing: result.bader === null && step === 'static' ? why : null }
}

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
