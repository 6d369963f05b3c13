import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isMap, parseDocument, type Document } from 'yaml'
import { checkSites, sitesFile, SitesFileError } from './sites.ts'

/**
 * Puts one site into `sites.yaml`; everything else in the file, comments too, stays as it is.
 *
 * @param entry as it stands in the file; checked like the whole file before anything is written
 * @returns the file
 * @throws SitesFileError for an entry that cannot be meant, a name that is taken, or a file that is broken
 */
export function writeSite(
  name: string,
  entry: Readonly<Record<string, unknown>>,
  { environment, replace }: { readonly environment: NodeJS.ProcessEnv; readonly replace: boolean },
): string {
  const file = sitesFile(environment)
  checkSites(file, { [name]: entry })
  const document = readDocument(file)
  if (document.has(name) && !replace) {
    throw new SitesFileError(file, `there is a site ${name} already.`, 'Choose another name, or add --replace to describe it anew.')
  }
  document.set(name, entryNode(document, entry))
  const text = document.toString({ lineWidth: 0 })
  checkSites(file, parseDocument(text).toJS())
  writeWhole(file, text)
  return file
}

function readDocument(file: string): Document {
  const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : '')
  const [problem] = document.errors
  if (problem !== undefined) throw new SitesFileError(file, problem.message)
  if (document.contents !== null && !isMap(document.contents)) throw new SitesFileError(file, 'it does not hold sites by name.')
  checkSites(file, document.toJS())
  // A file of comments only, or an empty one.
  if (document.contents === null) document.contents = document.createNode({}) as never
  return document
}

/** Short parts on one line each, as a person would write them. */
function entryNode(document: Document, entry: Readonly<Record<string, unknown>>) {
  const node = document.createNode(entry)
  if (isMap(node)) for (const { value } of node.items) if (isMap(value)) value.flow = true
  return node
}

/** Beside the file, then renamed. A link, as dotfile managers make, is followed; the file's permissions stay. */
function writeWhole(file: string, text: string): void {
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600
  const part = `${target}.${process.pid}.part`
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
    const handle = openSync(part, 'wx', mode)
    try {
      writeFileSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    chmodSync(part, mode)
    renameSync(part, target)
  } catch (cause) {
    rmSync(part, { force: true })
    throw new SitesFileError(file, `it cannot be written: ${(cause as Error).message}`, 'Make the folder writable, or name another one with XDG_CONFIG_HOME.')
  }
}
