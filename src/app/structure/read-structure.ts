import { isKnownError, KnownError } from '../../base/known-error.ts'
import { readCif } from '../../structure/cif/read-cif.ts'
import { readExtxyz } from '../../structure/extxyz.ts'
import { readPoscar } from '../../structure/poscar.ts'
import type { Structure } from '../../structure/structure.ts'
import { fileText, standardInput, type FileSource } from './file-bytes.ts'
import { formatByContent, type StructureFormat } from './structure-format.ts'

export class StructureUnreadableError extends KnownError {
  readonly code = 'STRUCTURE_UNREADABLE'
  readonly remedy: string
  constructor(name: string, cause: KnownError) {
    super(`${name} cannot be used: ${cause.message}`, { cause })
    this.remedy = cause.remedy
  }
}

export class FrameMissingError extends KnownError {
  readonly code = 'FRAME_MISSING'
  readonly remedy: string
  constructor(frame: number, frames: number) {
    super(`There is no frame ${frame}.`)
    this.remedy = `Give a number from 1 to ${frames}.`
  }
}

export interface ReadStructureOptions {
  /** Data block of a CIF. */
  readonly block?: string
  /** Frame of an extended XYZ file from 1; the last by default. */
  readonly frame?: number
}

export interface ReadStructure {
  readonly structure: Structure
  readonly format: StructureFormat
  /** For people: what was chosen, left out or found odd, one sentence each. */
  readonly warnings: readonly string[]
}

/**
 * A structure from a CIF, POSCAR or extended XYZ file, plain or gzip; which of them it is, its content tells.
 *
 * @throws FileMissingError, FileEmptyError, FilePackedError, StructureUnreadableError
 */
export async function readStructure(source: FileSource, options: ReadStructureOptions = {}): Promise<ReadStructure> {
  const text = await fileText(source)
  const name = source.stdin === undefined ? source.name : standardInput
  try {
    return structureOf(text, formatByContent(text, source.name), options)
  } catch (cause) {
    if (isKnownError(cause)) throw new StructureUnreadableError(name, cause)
    throw cause
  }
}

function structureOf(text: string, format: StructureFormat, options: ReadStructureOptions): ReadStructure {
  if (format === 'extxyz') return frameOf(text, options.frame)
  if (format === 'poscar') return { structure: readPoscar(text).structure, format, warnings: [] }
  const { structure, warnings } = readCif(text, options.block === undefined ? {} : { block: options.block })
  return { structure, format, warnings }
}

function frameOf(text: string, asked: number | undefined): ReadStructure {
  const frames = readExtxyz(text)
  const frame = asked ?? frames.length
  const structure = frames[frame - 1]?.structure
  if (structure === undefined) throw new FrameMissingError(frame, frames.length)
  const several = asked === undefined && frames.length > 1
  const warnings = several ? [`the last of ${frames.length} frames was taken; --frame chooses another`] : []
  return { structure, format: 'extxyz', warnings }
}
