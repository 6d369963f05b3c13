import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { shellQuote } from '../../../src/base/shell-quote.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const templates = handlebarsTemplates({ folders: ['templates'] })
const here = localTransport()

export interface JobValues {
  /** Shell text that stands for VASP; run by `sh -c`. */
  readonly vasp: string
  readonly walltimeSeconds?: number
  readonly marginSeconds?: number
  readonly scratch?: { readonly variable?: string; readonly path: string }
  readonly exports?: readonly string[]
  readonly bader?: string
  /** Shell word for the job's own native id. */
  readonly ownId?: string
  readonly files?: Readonly<Record<string, string>>
}

/** An attempt's folder with the real job script; a blank and a quote in its name, because people have such folders. */
export async function jobFolder(values: JobValues): Promise<string> {
  const folder = join(temporaryFolder(), "it's attempt-1")
  mkdirSync(folder)
  const { scratch, marginSeconds = 1, walltimeSeconds } = values
  const limits = { walltimeSeconds, marginSeconds }
  const script = await templates.render('jobs/job.sh.hbs', {
    directives: [],
    title: 'small/pristine/relax, attempt 1',
    folder: shellQuote(folder),
    prologue: [],
    exports: values.exports ?? [],
    preparation: [],
    launch: `sh -c ${shellQuote(values.vasp)}`,
    bader: values.bader === undefined ? '' : `sh -c ${shellQuote(values.bader)}`,
    token: 'dabc',
    ownId: values.ownId ?? '$$',
    ...limits,
    scratch: scratch && {
      variable: scratch.variable === undefined ? '' : shellQuote(scratch.variable),
      path: scratch.path === '' ? '' : shellQuote(scratch.path),
      words: shellQuote(`$${scratch.variable ?? ''}${scratch.path}`),
    },
  })
  writeFileSync(join(folder, 'job.sh'), script)
  writeFileSync(join(folder, 'watch.sh'), await templates.render('jobs/watch.sh.hbs', limits))
  for (const [name, text] of Object.entries(values.files ?? {})) writeFileSync(join(folder, name), text)
  return folder
}

/** Runs the job script as a batch system would, with a few variables more. */
export function runJob(folder: string, environment: Readonly<Record<string, string>> = {}) {
  const assignments = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  return here.run({ program: 'env', args: [...assignments, 'sh', join(folder, 'job.sh')] })
}
