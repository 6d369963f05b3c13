import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Scheduler } from '../../src/ports/scheduler.ts'
import { runningName, schedulerContract, waitingName } from '../contracts/scheduler-contract.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** The code of the page as a module; its imports lead to the code of this repository. */
async function schedulerOfThePage(): Promise<Scheduler> {
  const page = readFileSync(resolve('docs/writing-an-adapter.md'), 'utf8')
  const code = /```ts\n([^]*?)```/.exec(page)?.[1] ?? ''
  const folder = join(temporaryFolder(), 'page')
  mkdirSync(folder)
  const file = join(folder, 'flux.ts')
  writeFileSync(file, code.replaceAll("'../../src/", `'${resolve('src')}/`))
  return ((await import(pathToFileURL(file).href)) as { flux: Scheduler }).flux
}

const no = (stderr: string, exitCode = 1) => ({ stderr, exitCode })

schedulerContract(await schedulerOfThePage(), {
  listing: { flux: { stdout: `f2a|R|${runningName}\nf2b|S|${waitingName}\nf2c|?|dodd\n` } },
  running: 'f2a',
  waiting: 'f2b',
  odd: 'f2c',
  empty: { flux: {} },
  outages: { 'no broker': { flux: no('flux-jobs: ERROR: Unable to connect to Flux') } },
  accepted: { 'an id': { says: { stdout: 'f2Xyz9\n' }, id: 'f2Xyz9' } },
  refusals: {
    rejected: [no('flux-batch: ERROR: [Errno 22] unsatisfiable request')],
    settings: { partition: [no('flux-batch: ERROR: [Errno 22] Invalid queue')] },
    unwell: [no('flux-batch: ERROR: Unable to connect to Flux')],
    unknown: [no('flux-batch: ERROR: Connection timed out')],
    limit: [no('flux-batch: ERROR: max jobs limit')],
  },
  names: { flux: { stdout: `f2a ${runningName}\nf2b ${waitingName}\n` } },
})
