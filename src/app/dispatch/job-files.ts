import { shellQuote, shellWords } from '../../base/shell-quote.ts'
import { KnownError } from '../../base/known-error.ts'
import { resourcesOfStep, type Resources } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import type { Scheduler } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import type { Templates } from '../../ports/templates.ts'
import type { FileToSend } from '../../ports/transport.ts'
import { potcarAssemblyLines, potcarLibraryVariable } from '../../vasp/input/potcar-assembly.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { needsKernelFile } from '../../vasp/input/kernel-file.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import { jobLimits } from './job-limits.ts'
import { launchWords } from './launch-line.ts'
import { prepareInput, type InputStore, type PreparedInput } from './prepare-input.ts'

export class KernelMissingError extends KnownError {
  readonly code = 'VDW_KERNEL_MISSING'
  readonly remedy = 'Set vdwKernelPath of the site to its vdw_kernel.bindat, or use VASP 6.4.3 or newer.'
  constructor(site: Site) {
    super(`VASP ${site.vasp.version} on ${site.name} needs vdw_kernel.bindat for this functional.`)
  }
}

/** An attempt's folder before its job starts, and what is otherwise than planned. */
export interface AttemptFiles extends Pick<PreparedInput, 'resources' | 'corrections'> {
  readonly files: readonly FileToSend[]
}

interface FileMakers {
  readonly store: InputStore
  readonly templates: Templates
}

/** Everything that an attempt's folder holds before its job starts. */
export async function attemptFiles(parts: FileMakers, given: SiteConnection, attempt: CalculationRecord): Promise<AttemptFiles> {
  const prepared = await prepareInput(parts.store, given, attempt)
  const { resources, corrections } = prepared
  const connection = withResources(given, resources)
  return { files: await jobFiles(parts, connection, attempt, prepared), resources, corrections }
}

/** Directives and limits follow what this attempt asks for; a site without any stays without. */
function withResources(connection: SiteConnection, resources: Resources): SiteConnection {
  const { site } = connection
  return site.resources === undefined ? connection : { ...connection, site: { ...site, resources } }
}

async function jobFiles(
  parts: FileMakers,
  connection: SiteConnection,
  attempt: CalculationRecord,
  prepared: PreparedInput,
): Promise<readonly FileToSend[]> {
  const inputs = await inputFiles(prepared.input, (name, values) => parts.templates.render(name, values))
  const limits = jobLimits(connection, stepKindOf(attempt.plan))
  const script = await parts.templates.render('jobs/job.sh.hbs', { ...scriptValues(connection, attempt, prepared), ...limits })
  const watch = await parts.templates.render('jobs/watch.sh.hbs', { ...limits })
  return [
    ...inputs,
    { path: 'name', content: attempt.token ?? '' },
    { path: 'job.sh', content: script, executable: true },
    { path: 'watch.sh', content: watch },
  ]
}

function scriptValues(connection: SiteConnection, attempt: CalculationRecord, prepared: PreparedInput) {
  const { site, scheduler } = connection
  const resources = resourcesOfStep(site.resources, stepKindOf(attempt.plan))
  return {
    directives: scheduler.directives(attempt.token ?? '', resources),
    title: `${attempt.id}, attempt ${attempt.attempt}, by dopant`,
    folder: shellQuote(attempt.remoteFolder ?? ''),
    prologue: site.prologue,
    exports: exportWords(site),
    preparation: [...potcarLines(site, prepared), ...kernelLines(site, prepared), ...wavecarLines(prepared)],
    launch: shellWords(launchWords(site, prepared.input, resources)),
    bader: site.bader === undefined || stepKindOf(attempt.plan) !== 'static' ? '' : shellWords([site.bader.program, ...site.bader.args]),
    token: attempt.token ?? '',
    ownId: ownIdWord(scheduler),
    scratch: scratchValues(site),
  }
}

/** Of this batch system only: inside another one's allocation the other ids are set as well, and are not this job's. */
export function ownIdWord({ jobIdVariable }: Pick<Scheduler, 'jobIdVariable'>): string {
  return jobIdVariable === undefined ? '$$' : `\${${jobIdVariable}:-$$}`
}

/** The variable is looked up by its name on the compute node; nothing of it is shell text. */
function scratchValues({ scratch }: Site) {
  if (scratch === undefined) return undefined
  const { variable, path } = scratch
  const words = shellQuote(variable === undefined ? path : `$${variable}${path}`)
  return { variable: variable === undefined ? '' : shellQuote(variable), path: path === '' ? '' : shellQuote(path), words }
}

function exportWords(site: Site): readonly string[] {
  const library = site.potcarLibrary === undefined ? [] : [[potcarLibraryVariable, site.potcarLibrary] as const]
  return [...Object.entries(site.environment), ...library].map(([name, value]) => `${name}=${shellQuote(value)}`)
}

/** The stand-in reads POTCAR.spec; VASP gets a POTCAR that is put together at the site. */
function potcarLines(site: Site, { input }: PreparedInput): readonly string[] {
  return site.method === 'rehearsal' ? [] : potcarAssemblyLines(input.potcars)
}

function kernelLines(site: Site, { input }: PreparedInput): readonly string[] {
  if (!input.needsVdwKernel || site.method === 'rehearsal' || !needsKernelFile(site.vasp.version)) return []
  if (site.vdwKernelPath === undefined) throw new KernelMissingError(site)
  return [`ln -sf ${shellQuote(site.vdwKernelPath)} vdw_kernel.bindat`]
}

/** A link saves gigabytes; a run that writes its own WAVECAR gets a copy, because VASP would write through the link. */
function wavecarLines({ wavecar, input }: PreparedInput): readonly string[] {
  if (wavecar === undefined) return []
  const how = input.incar['LWAVE'] === false ? 'ln -sf' : 'cp'
  return [`${how} ${shellQuote(wavecar)} WAVECAR`]
}
