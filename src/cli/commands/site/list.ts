import { existsSync } from 'node:fs'
import { loadSites, sitesFile } from '../../../adapters/config/sites.ts'
import type { Site } from '../../../ports/site.ts'
import { alignedText } from '../../aligned-text.ts'
import type { CommandDefinition } from '../../command.ts'
import { projectOption, workspaceOptions } from '../../workspace-options.ts'

export const listCommand: CommandDefinition = {
  name: 'list',
  summary: 'every site, how it is reached and where it is described',
  options: [{ flags: '--json', description: 'one JSON object' }, projectOption],
  examples: ['dopant site list', 'dopant site list --json'],
  run: async (_, options, io) => {
    const { projectFolder, environment } = workspaceOptions(options, io)
    const file = sitesFile(environment)
    const rows = [...loadSites(projectFolder, environment).values()].map(rowOf)
    if (options['json'] === true) io.stdout.write(`${JSON.stringify({ file, fileExists: existsSync(file), sites: rows })}\n`)
    else io.stdout.write(forPeople(rows, file))
    return 0
  },
}

interface SiteRow {
  readonly name: string
  readonly transport: string
  readonly scheduler: string
  readonly host: string
  readonly workFolder: string
  readonly maxJobs: number
  readonly vasp: string
  readonly method: Site['method']
}

function rowOf({ name, transport, scheduler, workFolder, maxJobs, vasp, method }: Site): SiteRow {
  const common = { name, scheduler, workFolder, maxJobs, vasp: vasp.version, method }
  if (transport.kind === 'local') return { ...common, transport: 'local', host: 'this machine' }
  const { via, host, user, port } = transport
  const login = `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`
  return { ...common, transport: via === 'openssh' ? 'ssh (openssh)' : 'ssh', host: login }
}

function forPeople(rows: readonly SiteRow[], file: string): string {
  const cells = rows.map((row) => [row.name, row.transport, row.scheduler, row.host, row.vasp, String(row.maxJobs), row.workFolder])
  const table = alignedText(['site', 'transport', 'scheduler', 'host', 'VASP', 'jobs', 'work folder'], cells)
  const where = existsSync(file) ? `Described in ${file}` : `${file} does not exist yet; \`dopant site add\` makes it`
  return `${table}\n${where}\n`
}
