import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import type { Outcar } from '../../vasp/output/outcar/outcar.ts'
import { readRemote } from '../outputs/remote-chunks.ts'
import { lastWords, ok, wrong, type Finding, type Probe, type SiteCheck } from './probe.ts'
import { submitTest, type SubmittedTest } from './test-job.ts'
import { watchTest, type TestEnd } from './watch-test.ts'

/** A real job through the queue, from the templates to an OUTCAR that can be read. */
export const jobProbe: Probe = {
  name: 'test job',
  needs: ['scheduler', 'work folder', 'VASP', 'vdW kernel', 'POTCAR library'],
  run: async (check) => {
    let folder: string | undefined
    try {
      const job = await submitTest(check, (made) => (folder = made))
      check.say(`  job ${job.id} in ${job.folder}; waiting for at most ${check.jobTimeoutSeconds} s`)
      return await judge(check, job, await watchTest(check, job))
    } catch (error) {
      if (!isKnownError(error) || error.code === 'SITE_UNREACHABLE') throw error
      if (folder === undefined) return wrong(error.message, error.remedy)
      const remedy = error.code === 'SUBMISSION_UNKNOWN' ? remedyForDoubt(folder) : error.remedy
      return wrong(`${error.message} (folder ${folder})`, remedy)
    }
  },
}

async function judge(check: SiteCheck, job: SubmittedTest, end: TestEnd): Promise<Finding> {
  if (end.kind === 'ended') return judgeEnded(check, job, end)
  await cancel(check, job)
  const kept = `its folder is ${job.folder}`
  if (end.kind === 'never-runs') return wrong(`job ${job.id} will never run: ${end.why}; it was cancelled, ${kept}`, 'Correct partition, account, qos or size in resources of the site.')
  if (end.kind === 'interrupted') return wrong(`job ${job.id} was cancelled, because the check was interrupted; ${kept}`, 'Run the check again, and give it time.')
  if (end.kind === 'timeout') {
    return wrong(`job ${job.id} was still ${end.state} after ${check.jobTimeoutSeconds} s and was cancelled; ${kept}`, 'Wait longer with --timeout SECONDS, or name a partition for short jobs in resources of the site.')
  }
  return wrong(`job ${job.id} left the queue without telling its end; ${kept}`, `See whether the compute nodes have the work folder: look into ${job.folder} and the batch system's messages.`)
}

async function judgeEnded(check: SiteCheck, job: SubmittedTest, { start, end }: Extract<TestEnd, { kind: 'ended' }>): Promise<Finding> {
  const { transport } = check.connection
  const code = end.get('code') ?? '?'
  if (code !== '0') {
    const said = await errorWords(transport, job.folder)
    return wrong(`job ${job.id} ended with exit code ${code} (${end.get('cause') ?? '?'}): ${said}`, remedyForExit(code, job.folder))
  }
  const outcar = await outcarOf(check, job)
  if (outcar === undefined) return wrong(`job ${job.id} left no OUTCAR that can be read`, `Look into vasp.out and vasp.err in ${job.folder}.`)
  check.testRun = { folder: job.folder, token: job.token, outcar }
  const seconds = outcar.timing.elapsedSeconds
  const took = seconds === undefined ? '' : `, VASP took ${seconds.toFixed(0)} s`
  return ok(`job ${job.id} ran on ${start?.get('host') ?? 'a node'}${took}`)
}

/** Network file systems show a new file late. */
async function outcarOf({ clock, connection, signal }: SiteCheck, { folder }: SubmittedTest): Promise<Outcar | undefined> {
  for (let triesLeft = 2; ; triesLeft -= 1) {
    const outcar = await readRemote(connection.transport, `${folder}/OUTCAR`, (chunks) => readOutcar(chunks).catch(undefinedForKnown))
    if (outcar !== undefined || triesLeft === 0 || signal.aborted) return outcar
    await clock.sleep(Math.min(connection.site.pollSeconds, 5) * 1000, signal)
  }
}

function remedyForDoubt(folder: string): string {
  return `Look for a job named ${folder.split('/site-check-').at(-1)} and cancel it, then run the check again.`
}

function remedyForExit(code: string, folder: string): string {
  if (code === '3') return `Correct what the job says about POTCAR; its folder is ${folder}.`
  if (code === '127') return `Set vasp.program and prologue so that the program is found on the compute nodes; the folder is ${folder}.`
  return `Look into vasp.out, vasp.err and job.err in ${folder}, and correct prologue, environment or launch line of the site.`
}

async function errorWords(transport: Transport, folder: string): Promise<string> {
  const script = 'cd "$1" && for file in job.out job.err vasp.out vasp.err; do [ -s "$file" ] && tail -n 4 "$file"; done; :'
  const { stdout } = await transport.run({ program: 'sh', args: ['-c', script, 'dopant-tail', folder] })
  return lastWords(stdout, 6)
}

async function cancel({ connection: { scheduler, transport } }: SiteCheck, { id, token }: SubmittedTest): Promise<void> {
  await transport.run(scheduler.cancelCommand([{ id, name: token }]))
}

function undefinedForKnown(error: unknown): Outcar | undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
