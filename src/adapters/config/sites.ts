import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KnownError } from '../../base/known-error.ts'
import type { Site } from '../../ports/site.ts'
import { packageFolder } from './package-folder.ts'
import { hastyPolling, pollingOf } from './polling.ts'
import { transportSchema } from './transport-schema.ts'
import { resourcesSchema } from './resources-schema.ts'
import { scratchSchema } from './scratch-schema.ts'
import { withoutAbsent } from './without-absent.ts'

export class SitesFileError extends KnownError {
  readonly code = 'SITES_FILE'
  readonly remedy: string
  constructor(file: string, problem: string, remedy = 'Correct the file; docs/sites.md shows a complete one.') {
    super(`${file}: ${problem}`)
    this.remedy = remedy
  }
}

const program = z.strictObject({ program: z.string().min(1), args: z.array(z.string()).default([]) })

const siteSchema = z.strictObject({
  transport: transportSchema,
  scheduler: z.enum(['direct', 'slurm', 'pbs', 'torque', 'sge', 'lsf']),
  workFolder: z.string().startsWith('/'),
  resources: resourcesSchema.optional(),
  maxJobs: z.int().min(1).default(1),
  pollSeconds: z.number().min(0.1).max(86_400).optional(),
  graceSeconds: z.number().min(0).default(300),
  silenceSeconds: z.number().min(1).optional(),
  stopSeconds: z.number().min(1).optional(),
  vasp: program.extend({
    version: z.string(),
    gammaProgram: z.string().min(1).optional(),
    noncollinearProgram: z.string().min(1).optional(),
  }),
  bader: program.optional(),
  prologue: z.array(z.string()).default([]),
  environment: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
  potcarLibrary: z.string().optional(),
  vdwKernelPath: z.string().optional(),
  scratch: scratchSchema.optional(),
  quotaGib: z.number().positive().optional(),
  scratchPurgeDays: z.number().positive().optional(),
})

/**
 * All sites that a user has: those of `sites.yaml` in the user's own configuration folder, and `rehearsal`, which is
 * always there and runs the stand-in below the project's folder.
 */
export function loadSites(projectFolder: string, environment: NodeJS.ProcessEnv): ReadonlyMap<string, Site> {
  const sites = new Map<string, Site>([['rehearsal', rehearsalSite(projectFolder, environment)]])
  const file = sitesFile(environment)
  if (!existsSync(file)) return sites
  const checked = checkSites(file, readYaml(file), environment)
  for (const [name, { vasp, pollSeconds, ...site }] of Object.entries(checked)) {
    sites.set(name, {
      ...withoutAbsent(site),
      name,
      ...pollingOf(pollSeconds),
      vasp: withoutAbsent(vasp),
      // The stand-in is never taken for VASP, wherever it runs.
      method: vasp.version === 'rehearsal' ? 'rehearsal' : 'dft',
    })
  }
  return sites
}

/** @param entries the whole content of the file; an empty file has no sites. @throws SitesFileError */
export function checkSites(
  file: string,
  entries: unknown,
  environment: NodeJS.ProcessEnv,
  remedy?: string,
): Readonly<Record<string, z.output<typeof siteSchema>>> {
  const checked = z.record(z.string(), siteSchema).safeParse(entries ?? {})
  if (!checked.success) throw new SitesFileError(file, z.prettifyError(checked.error), remedy)
  for (const [name, site] of Object.entries(checked.data)) {
    const hasty = hastyPolling(site, environment)
    if (hasty !== undefined) throw new SitesFileError(file, `${name}: ${hasty}.`, 'Give a larger pollSeconds, or none.')
  }
  return checked.data
}

export function sitesFile(environment: NodeJS.ProcessEnv): string {
  const base = environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  return join(base, 'dopant', 'sites.yaml')
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new SitesFileError(file, (cause as Error).message)
  }
}

/** The stand-in for VASP on this machine: one process a core, and the built-in partition in the place of `bader`. */
function rehearsalSite(projectFolder: string, environment: NodeJS.ProcessEnv): Site {
  const bin = join(packageFolder(), 'bin')
  const node = process.execPath
  const passedOn = Object.entries(environment).filter(([name]) => name.startsWith('DOPANT_REHEARSAL_'))
  return {
    name: 'rehearsal',
    transport: { kind: 'local' },
    scheduler: 'direct',
    workFolder: join(projectFolder, '.dopant', 'runs'),
    isProjectsOwn: true,
    maxJobs: availableParallelism(),
    pollSeconds: 1,
    graceSeconds: 3,
    vasp: { program: node, args: [join(bin, 'dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program: node, args: [join(bin, 'dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    prologue: [],
    environment: Object.fromEntries(passedOn.map(([name, value]) => [name, value ?? ''])),
    method: 'rehearsal',
  }
}
