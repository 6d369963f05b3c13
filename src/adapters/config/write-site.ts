import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, parseDocument } from 'yaml'
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
  checkSites(file, { [name]: entry }, environment, 'Correct the options; nothing was written.')
  const before = readIfThere(file)
  const document = readDocument(file, before, environment)
  if (document.has(name) && !replace) {
    throw new SitesFileError(file, `there is a site ${name} already.`, 'Choose another name, or add --replace to describe it anew.')
  }
  document.set(name, entryNode(document, entry))
  writeWhole(file, textOf(document, name, before))
  return file
}

/** A new site is written behind the others, whose text is not touched; where that cannot be, all is written anew. */
function textOf(document: Document, name: string, before: string): string {
  const own = new Document({ [name]: null })
  own.set(name, document.get(name, true))
  const appended = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${own.toString(layout)}`
  const read = parseDocument(appended)
  const isSame = read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS())
  return isSame ? appended : document.toString(layout)
}

const layout = { lineWidth: 0, flowCollectionPadding: true }

function readIfThere(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch (cause) {
    throw new SitesFileError(file, (cause as Error).message, 'Make it a file that you may read.')
  }
}

function readDocument(file: string, text: string, environment: NodeJS.ProcessEnv): Document {
  const document: Document = parseDocument(text)
  const [problem] = document.errors
  if (problem !== undefined) throw new SitesFileError(file, problem.message)
  if (document.contents !== null && !isMap(document.contents)) throw new SitesFileError(file, 'it does not hold sites by name.')
  checkSites(file, document.toJS(), environment)
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
