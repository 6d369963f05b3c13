import { readdirSync, readFileSync } from 'node:fs'
import { join, extname } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Context } from 'hono'

/** The built page, held in memory: a name that is not in it is not served, whatever it looks like. */
export interface PageFiles {
  /** The file at a path of the address, else the page itself, which knows what to show. */
  answer(context: Context): Response
}

interface HeldFile {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
}

export function pageFiles(folder: string): PageFiles {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = new Map(
    names
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => extname(path) in types)
      .map((path) => [path.slice(folder.length).replaceAll('\\', '/'), heldFile(path)]),
  )
  return { answer: (context) => answer(context, files) }
}

function heldFile(path: string): HeldFile {
  const content = readFileSync(path)
  return { type: types[extname(path)] ?? '', plain: new Uint8Array(content), packed: new Uint8Array(gzipSync(content)) }
}

function answer(context: Context, files: ReadonlyMap<string, HeldFile>): Response {
  const file = files.get(context.req.path)
  // The names of the parts hold a hash of their content.
  const caching = file !== undefined && context.req.path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store'
  const held = file ?? (context.req.path.startsWith('/assets/') ? undefined : files.get('/index.html'))
  if (held === undefined) return context.text('There is no such file.', 404)
  const isPacked = (context.req.header('accept-encoding') ?? '').includes('gzip')
  const headers: Record<string, string> = { 'Content-Type': held.type, 'Cache-Control': caching, Vary: 'Accept-Encoding' }
  if (isPacked) headers['Content-Encoding'] = 'gzip'
  return context.body(isPacked ? held.packed : held.plain, 200, headers)
}
