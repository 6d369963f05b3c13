import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'

export const structureFormats = ['poscar', 'cif', 'extxyz'] as const
export type StructureFormat = (typeof structureFormats)[number]

export class StructureFormatError extends KnownError {
  readonly code = 'STRUCTURE_FORMAT'
  readonly remedy: string
  constructor(given: string) {
    super(`"${given}" is no format of structures.`)
    const near = didYouMean(given, structureFormats)
    this.remedy = near === undefined ? `Use ${structureFormats.join(', ')}.` : `Did you mean ${near}?`
  }
}

/** @throws StructureFormatError */
export function structureFormatNamed(name: string): StructureFormat {
  const word = aliases[name.toLowerCase()] ?? name.toLowerCase()
  const known = structureFormats.find((format) => format === word)
  if (known === undefined) throw new StructureFormatError(name)
  return known
}

const aliases: Readonly<Record<string, StructureFormat>> = { vasp: 'poscar', contcar: 'poscar', xyz: 'extxyz' }

/** By the ending of a file's name: `.cif`, `.xyz`, `.extxyz`; anything else is a POSCAR. */
export function formatByName(name: string): StructureFormat {
  const plain = name.toLowerCase().replace(/\.gz$/, '')
  if (plain.endsWith('.cif')) return 'cif'
  return /\.(ext)?xyz$/.test(plain) ? 'extxyz' : 'poscar'
}

/** By what is written in it: a data block, a number of atoms above a line with `Lattice=`, else a POSCAR. */
export function formatByContent(text: string, name = ''): StructureFormat {
  const head = text.slice(0, 10_000)
  if (/^[ \t]*data_\S/im.test(head) && /^[ \t]*(loop_|_[a-z])/im.test(head)) return 'cif'
  const [first = '', second = '', third = ''] = head.split(/\r\n|\n|\r/)
  // A POSCAR may have a bare number as its comment; its third line is a lattice vector, though.
  const isCount = /^\s*\d+\s*$/.test(first) && /^\s*[A-Za-z\d]+\s+[-+.\d]/.test(third)
  const isScale = /^\s*[-+\d.]+(\s+[-+\d.]+\s+[-+\d.]+)?\s*$/.test(second)
  if (isCount && !isScale) return 'extxyz'
  return name !== '' && formatByName(name) === 'cif' ? 'cif' : 'poscar'
}
