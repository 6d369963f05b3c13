import { shellQuote, shellWords } from '../../base/shell-quote.ts'
import { KnownError } from '../../base/known-error.ts'
import { resourcesOfStep } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import type { Templates } from '../../ports/templates.ts'
import type { FileToSend } from '../../ports/transport.ts'
import { potcarAssemblyLines, potcarLibraryVariable } from '../../vasp/input/potcar-assembly.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { needsKernelFile } from '../../vasp/input/kernel-file.ts'
import { prepareInput, type PreparedInput } from './prepare-input.ts'

export class KernelMissingError extends KnownError {
  readonly code = 'VDW_KERNEL_MISSING'
  readonly remedy = 'Set vdwKernelPath of the site to its vdw_kernel.bindat, or use VASP 6.4.3 or newer.'
  constructor(site: Site) {
    super(`VASP ${site.vasp.version} on ${site.name} needs vdw_kernel.bindat for this functional.`)
  }
}

/** Everything that an attempt's folder holds before its job starts. */
export async function jobFiles(
  parts: { readonly store: Pick<Store, 'calculation' | 'result'>; readonly templates: Templates },
  connection: SiteConnection,
  attempt: CalculationRecord,
): Promise<readonly FileToSend[]> {
  const prepared = await prepareInput(parts.store, connection, attempt)
  const inputs = await inputFiles(prepared.input, (name, values) => parts.templates.render(name, values))
  const script = await parts.templates.render('jobs/job.sh.hbs', scriptValues(connection, attempt, prepared))
  return [
    ...inputs,
    { path: 'name', content: attempt.token ?? '' },
    { path: 'job.sh', content: script, executable: true },
  ]
}

function scriptValues(connection: SiteConnection, attempt: CalculationRecord, prepared: PreparedInput) {
  const { site, scheduler } = connection
  const resources = resourcesOfStep(site.resources, attempt.step)
  return {
    directives: scheduler.directives(attempt.token ?? '', resources),
    title: `${attempt.id}, attempt ${attempt.attempt}, by dopant`,
    folder: shellQuote(attempt.remoteFolder ?? ''),
    prologue: site.prologue,
    exports: exportWords(site),
    preparation: [...potcarLines(site, prepared), ...kernelLines(site, prepared), ...wavecarLines(prepared)],
    launch: shellWords([site.vasp.program, ...site.vasp.args]),
    bader: site.bader === undefined || attempt.step !== 'static' ? '' : shellWords([site.bader.program, ...site.bader.args]),
  }
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

function wavecarLines({ wavecar }: PreparedInput): readonly string[] {
  return wavecar === undefined ? [] : [`ln -sf ${shellQuote(wavecar)} WAVECAR`]
}
