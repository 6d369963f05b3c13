import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import { readPoscar } from '../../structure/poscar.ts'
import { readIncar } from '../../vasp/input/incar.ts'
import { readKpoints } from '../../vasp/input/kpoints.ts'
import type { Finding, LintedPotcar } from '../../vasp/input/lint/lint-rule.ts'
import { lintInputs } from '../../vasp/input/lint/lint-rules.ts'
import { pawDataset } from '../../vasp/input/paw-data.ts'
import { readPotcarSpec } from '../../vasp/input/potcar-spec.ts'
import { readPotcarHeaders, type PotcarHeader } from '../../vasp/output/potcar-header.ts'
import { NoInputsError } from './lint-errors.ts'

export interface FolderFindings {
  readonly folder: string
  /** Which of INCAR, KPOINTS, POSCAR, POTCAR and POTCAR.spec were there: rules that need a missing one are silent. */
  readonly files: readonly string[]
  readonly findings: readonly Finding[]
}

/** The text of a file of a folder by its name; undefined when there is none. */
export type InputText = (name: string) => Promise<string | undefined>

/**
 * Mistakes in the VASP inputs of one folder. POTCAR is read for its headers only; without it POTCAR.spec tells the
 * datasets. A file that cannot be read is a finding.
 *
 * @throws NoInputsError without an INCAR
 */
export async function lintFolder(folder: string, textOf: InputText = onDisk(folder)): Promise<FolderFindings> {
  const incar = await textOf('INCAR')
  if (incar === undefined) throw new NoInputsError(folder)
  const broken: Finding[] = []
  const files = ['INCAR']
  const read = async <T>(name: string, reader: (text: string) => T): Promise<T | undefined> => {
    const text = await textOf(name)
    if (text === undefined) return undefined
    files.push(name)
    return attempt(name, () => reader(text), broken)
  }
  const fromSpec = await read('POTCAR.spec', specPotcars)
  const potcars = (await read('POTCAR', headerPotcars)) ?? fromSpec
  const kpoints = await read('KPOINTS', readKpoints)
  // A POSCAR of VASP 4 has no element line: POTCAR tells.
  const elements = potcars?.map(({ element }) => element)
  const structure = await read('POSCAR', (text) => poscarOf(text, elements))
  const known = { ...(kpoints && { kpoints }), ...(structure && { structure }), ...(potcars && { potcars }) }
  return { folder, files, findings: [...broken, ...lintInputs({ incar: readIncar(incar), ...known })] }
}

function onDisk(folder: string): InputText {
  return async (name) => {
    try {
      return await readFile(join(folder, name), 'latin1')
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
      throw cause
    }
  }
}

function attempt<T>(name: string, read: () => T, broken: Finding[]): T | undefined {
  try {
    return read()
  } catch (cause) {
    if (!isKnownError(cause)) throw cause
    const why = 'VASP stops at a file that it cannot read, or reads something else from it.'
    const source = `https://vasp.at/wiki/${name.replace(/\..*/, '')}`
    broken.push({ rule: 'unreadable-file', severity: 'error', tag: name, message: `${cause.message} ${cause.remedy}`, why, source })
    return undefined
  }
}

function poscarOf(text: string, elements: readonly string[] | undefined) {
  try {
    return readPoscar(text).structure
  } catch (cause) {
    if (elements === undefined) throw cause
    return readPoscar(text, { elements }).structure
  }
}

function specPotcars(text: string): readonly LintedPotcar[] {
  return readPotcarSpec(text).map(({ symbol, element, functional, zval }) => {
    const enmaxEv = pawDataset(symbol)?.enmaxEv
    return { element, functional, zval, ...(enmaxEv !== undefined && { enmaxEv }) }
  })
}

function headerPotcars(text: string): readonly LintedPotcar[] | undefined {
  const potcars = readPotcarHeaders(text).potentials.map(headerPotcar)
  return potcars.every((potcar) => potcar !== undefined) ? potcars : undefined
}

function headerPotcar({ titel, symbol, zval, enmaxEv }: PotcarHeader): LintedPotcar | undefined {
  if (zval === undefined) return undefined
  const family = titel.split(/\s+/)[0]
  const functional = family === 'PAW_PBE' ? 'PBE' : family === 'PAW' ? 'LDA' : 'other'
  return { element: symbol, functional, zval, ...(enmaxEv !== undefined && { enmaxEv }) }
}
