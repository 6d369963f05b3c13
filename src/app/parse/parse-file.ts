import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isKnownError, KnownError } from '../../base/known-error.ts'
import { readPoscar } from '../../structure/poscar.ts'
import { fileKinds, recognizeKind, type FileKind } from '../../vasp/output/file-kind.ts'
import { kindReaders, type KindReaderContext, type Mobility } from './kind-readers.ts'
import { openFile, type OpenedFile } from './open-file.ts'
import { selectFields } from './select-fields.ts'
import { wholeText } from './whole-text.ts'

/** One line of `dopant parse --json`. */
export type ParsedFile = ParsedRecord | ParseFailure

export interface ParsedRecord {
  /** As given. */
  readonly file: string
  readonly kind: FileKind
  readonly [field: string]: unknown
}

export interface ParseFailure {
  readonly file: string
  /** Absent when not even that could be told. */
  readonly kind?: FileKind
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string }
}

export interface ParseOptions {
  readonly cwd: string
  /** Read as this kind, whatever it looks like. */
  readonly kind?: FileKind
  /** Only these fields, `final.totenEv` for one within another. */
  readonly fields?: readonly string[]
}

export class FileKindUnknownError extends KnownError {
  readonly code = 'FILE_KIND_UNKNOWN'
  readonly remedy = `Name its kind with --kind: ${fileKinds.join(', ')}.`
  constructor(path: string) {
    super(`${path} looks like no file of VASP or of the Bader program.`)
  }
}

export function isFailure(parsed: ParsedFile): parsed is ParseFailure {
  return 'error' in parsed
}

/** Reads one file. What was foreseen is told in the result; only a bug is thrown. */
export async function parseFile(file: string, options: ParseOptions): Promise<ParsedFile> {
  let kind = options.kind
  try {
    const path = resolve(options.cwd, file)
    const opened = openFile(path)
    kind ??= recognizeKind(opened.head, basename(path))
    if (kind === undefined) throw new FileKindUnknownError(file)
    const record = await readRecord(path, kind, opened)
    return { file, kind, ...selectFields(kind, record, options.fields) }
  } catch (error) {
    if (!isKnownError(error)) throw error
    const { code, message, remedy } = error
    return { file, ...(kind !== undefined && { kind }), error: { code, message, remedy } }
  }
}

async function readRecord(path: string, kind: FileKind, opened: OpenedFile): Promise<object> {
  const context = kind === 'OUTCAR' ? await besideOutcar(path) : {}
  const record = await kindReaders[kind](opened.chunks(), context)
  const ions = (record as { ionCount?: number }).ionCount
  // A POSCAR of another structure says nothing about these ions.
  if (context.mobile === undefined || ions === context.mobile.length) return record
  return kindReaders[kind](opened.chunks(), {})
}

/** OUTCAR does not say which ions are frozen; the POSCAR in the same folder does. */
async function besideOutcar(path: string): Promise<KindReaderContext> {
  const poscar = join(dirname(path), 'POSCAR')
  if (!basename(path).startsWith('OUTCAR') || !existsSync(poscar)) return {}
  try {
    const { structure } = readPoscar(await wholeText(openFile(poscar).chunks()))
    const mobile: Mobility = structure.sites.map((site) => site.mobile ?? [true, true, true])
    return { mobile }
  } catch (error) {
    if (!isKnownError(error)) throw error
    return {}
  }
}
