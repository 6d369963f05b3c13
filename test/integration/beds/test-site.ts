import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { SchedulerName } from '../../../src/ports/scheduler.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

export interface TestSite {
  readonly workFolder: string
  /** For the command line: where `sites.yaml` is. */
  readonly environment: Readonly<Record<string, string>>
}

/**
 * Describes a site in a configuration folder of its own. Its VASP is the stand-in.
 *
 * @param transport as in `sites.yaml`
 * @param workFolder of a site that is described anew
 * @param more entries of `sites.yaml` in the place of those here
 */
export function testSite(
  name: string,
  scheduler: SchedulerName,
  transport: Readonly<Record<string, unknown>>,
  resources: Readonly<Record<string, unknown>> = {},
  workFolder = join(temporaryFolder(), 'work of a site'),
  more: Readonly<Record<string, unknown>> = {},
): TestSite {
  const configuration = temporaryFolder()
  mkdirSync(join(configuration, 'dopant'))
  const bin = (program: string): string => resolve('bin', program)
  const site = {
    transport,
    scheduler,
    workFolder,
    maxJobs: 4,
    pollSeconds: 1,
    graceSeconds: 5,
    vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
    bader: {
      program: process.execPath,
      args: [bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'],
    },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3' },
    resources: { ranksPerNode: 1, walltime: '00:05:00', ...resources },
    ...more,
  }
  writeFileSync(join(configuration, 'dopant', 'sites.yaml'), stringify({ [name]: site }))
  return { workFolder, environment: { XDG_CONFIG_HOME: configuration } }
}
