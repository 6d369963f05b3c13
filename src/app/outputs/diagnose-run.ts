import type { SiteConnection } from '../../ports/site-connection.ts'
import { diagnose } from '../../recovery/diagnose.ts'
import type { RunEvidence } from '../../recovery/run-evidence.ts'
import type { RunDiagnosis } from '../../workflow/step-result.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readRemoteText } from './remote-chunks.ts'

/** What went wrong in an attempt, told from what VASP printed and what the job wrote; empty when nothing tells. */
export async function diagnoseRun(
  { transport }: SiteConnection,
  folder: string,
  outcar: Outcar | undefined,
): Promise<readonly RunDiagnosis[]> {
  const [stdout = '', stderr = '', end = ''] = await Promise.all(
    ['vasp.out', 'vasp.err', 'dopant-end'].map((name) => readRemoteText(transport, `${folder}/${name}`)),
  )
  const jobEnd = jobEndIn(end)
  const evidence: RunEvidence = {
    stdout,
    stderr,
    ...(outcar === undefined ? {} : { outcar }),
    ...(jobEnd === undefined ? {} : { jobEnd }),
  }
  return diagnose(evidence).map(({ symptom, cause, advice, evidence: { says } }) => ({ symptom, says, cause, advice }))
}

function jobEndIn(text: string): RunEvidence['jobEnd'] {
  const code = /^code=(\d+)$/m.exec(text)?.[1]
  const cause = /^cause=(\S+)$/m.exec(text)?.[1]
  return code === undefined || cause === undefined ? undefined : { code: Number(code), cause }
}
