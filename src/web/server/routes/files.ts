import { PassThrough, Readable } from 'node:stream'
import type { Hono } from 'hono'
import { KnownError } from '../../../base/known-error.ts'
import { CalculationUnknownError } from '../../../ports/store-errors.ts'
import type { CalculationRecord } from '../../../ports/store.ts'
import type { FolderAnswer, LogAnswer, RemoteFile } from '../../calculation-api.ts'
import { attemptFolder, tailOf, type AttemptFolder } from '../attempt-folder.ts'
import type { DashboardParts } from '../dashboard-parts.ts'
import { numberIn } from './calculation.ts'

export class FileStaysThereError extends KnownError {
  readonly code = 'WEB_FILE_STAYS'
  readonly remedy = 'Choose one of the files that the page lists; POTCAR is licensed and stays on the site.'
  constructor(name: string) {
    super(`The file ${name} cannot be sent.`)
  }
}

/** What lies in an attempt's folder on its site. */
export function addFiles(app: Hono, parts: DashboardParts): void {
  const asked = async (query: (name: string) => string | undefined): Promise<AttemptFolder> => {
    const id = query('id') ?? ''
    const calculation: CalculationRecord | undefined = await parts.store.calculation(id)
    if (calculation === undefined) throw new CalculationUnknownError(id)
    return attemptFolder(parts, calculation, numberIn(query('attempt')))
  }
  app.get('/api/folder', async (context) => {
    const place = await asked((name) => context.req.query(name))
    return context.json({ folder: place.folder, files: await listFiles(place) } satisfies FolderAnswer)
  })
  app.get('/api/log', async (context) => {
    const place = await asked((name) => context.req.query(name))
    const text = await tailOf(place, 'vasp.out', 8192)
    return context.json({ file: 'vasp.out', lines: text.split('\n').slice(-40) } satisfies LogAnswer)
  })
  app.get('/api/file', async (context) => {
    const place = await asked((name) => context.req.query(name))
    const name = context.req.query('name') ?? ''
    const file = (await listFiles(place)).find((each) => each.name === name)
    if (file === undefined || !file.mayLeave) throw new FileStaysThereError(name)
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"` }
    return context.body(contentOf(place, name), 200, headers)
  })
}

/** Streamed from the site as it comes in; a connection that breaks breaks the download too. */
function contentOf({ connection, folder }: AttemptFolder, name: string): ReadableStream {
  const pipe = new PassThrough({ highWaterMark: 1 << 20 })
  connection.transport.download(`${folder}/${name}`, pipe).catch((error: Error) => pipe.destroy(error))
  return Readable.toWeb(pipe) as ReadableStream
}

const listScript = 'cd "$1" || exit 0; for f in *; do [ -f "$f" ] && printf "%s\\t%s\\n" "$(wc -c <"$f")" "$f"; done; true'

async function listFiles({ connection, folder }: AttemptFolder): Promise<readonly RemoteFile[]> {
  const { stdout } = await connection.transport.run({ program: 'sh', args: ['-c', listScript, 'dopant-list', folder] })
  return stdout
    .split('\n')
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [bytes = '0', name = ''] = line.split('\t')
      // Licensed: only the list of names that we wrote ourselves may be read elsewhere.
      return { name, bytes: Number(bytes.trim()), mayLeave: !/^POTCAR(?!\.spec$)/.test(name) }
    })
}
