import type { SiteConnection } from '../../ports/site-connection.ts'
import type { PlannedRun, RunEvidence } from '../../recovery/run-evidence.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { createOszicarReader, type Oszicar } from '../../vasp/output/oszicar.ts'
import { vacuumAxes } from '../../vasp/input/vacuum.ts'
import { isKnownError } from '../../base/known-error.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { readRemoteText } from './remote-chunks.ts'

/** Everything that an ended attempt's folder tells, beside what it was sent to do. */
export async function gatherEvidence(
  { transport }: SiteConnection,
  folder: string,
  known: { readonly outcar?: Outcar; readonly planned: PlannedRun; readonly schedulerReason?: string },
): Promise<RunEvidence> {
  const [stdout = '', vaspErrors = '', jobErrors = '', end = ''] = await Promise.all(
    ['vasp.out', 'vasp.err', 'job.err', 'dopant-end'].map((name) => readRemoteText(transport, `${folder}/${name}`)),
  )
  const oszicar = known.outcar === undefined ? oszicarIn(await readRemoteText(transport, `${folder}/OSZICAR`)) : undefined
  const jobEnd = jobEndIn(end)
  return {
    ...known,
    stdout,
    // The batch system and the job script speak in a file of their own.
    stderr: `${vaspErrors}\n${jobErrors}`,
    ...(oszicar === undefined ? {} : { oszicar }),
    ...(jobEnd === undefined ? {} : { jobEnd }),
  }
}

/** Inputs in the words of the diagnosis. */
export function plannedRun({ incar, structure, kMesh, functional, potcars, electronCount }: VaspInput): PlannedRun {
  return { incar, structure, kMesh: kMesh.mesh, functional, potcars, electronCount, isSlab: vacuumAxes(structure).length > 0 }
}

function oszicarIn(text: string | undefined): Oszicar | undefined {
  if (text === undefined) return undefined
  const reader = createOszicarReader()
  reader.push(Buffer.from(text, 'latin1'))
  try {
    return reader.finish()
  } catch (error) {
    if (!isKnownError(error)) throw error
    return undefined
  }
}

function jobEndIn(text: string): RunEvidence['jobEnd'] {
  const code = /^code=(\d+)$/m.exec(text)?.[1]
  const cause = /^cause=(\S+)$/m.exec(text)?.[1]
  return code === undefined || cause === undefined ? undefined : { code: Number(code), cause }
}
