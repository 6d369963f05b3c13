import { createHash } from 'node:crypto'
import { cartesianAngstrom } from '../../structure/structure.ts'
import { readPoscar, type PoscarFile } from '../../structure/poscar.ts'
import { readIncar } from '../../vasp/input/incar.ts'
import { readKpoints } from '../../vasp/input/kpoints.ts'
import { readAcf } from '../../vasp/output/acf.ts'
import { readAvf } from '../../vasp/output/avf.ts'
import { readBcf } from '../../vasp/output/bcf.ts'
import type { FileKind } from '../../vasp/output/file-kind.ts'
import { readGrid } from '../../vasp/output/grid/read-grid.ts'
import { readOszicar } from '../../vasp/output/oszicar.ts'
import { readOutcar } from '../../vasp/output/outcar/read-outcar.ts'
import { readPotcarHeaders } from '../../vasp/output/potcar-header.ts'
import { readStdout } from '../../vasp/output/stdout.ts'
import type { Chunks } from '../../vasp/output/text/chunks.ts'
import { readVasprun } from '../../vasp/output/vasprun/read-vasprun.ts'
import { readXdatcar } from '../../vasp/output/xdatcar.ts'
import { bandEdges } from './band-edges.ts'
import { gridRecord } from './grid-record.ts'
import { wholeText } from './whole-text.ts'

/** Selective dynamics of the POSCAR beside an OUTCAR. */
export type Mobility = readonly (readonly [boolean, boolean, boolean])[]

export interface KindReaderContext {
  readonly mobile?: Mobility
}

export type KindReader = (chunks: Chunks, context: KindReaderContext) => Promise<object>

/** How each kind becomes a record. A new kind of file is a line here, one in `file-kind.ts` and one in the schema. */
export const kindReaders: Readonly<Record<FileKind, KindReader>> = {
  OUTCAR: (chunks, { mobile }) => readOutcar(chunks, mobile === undefined ? {} : { mobile }),
  OSZICAR: readOszicar,
  'vasprun.xml': vasprunRecord,
  stdout: async (chunks) => readStdout(await wholeText(chunks)),
  POSCAR: poscarRecord,
  CONTCAR: poscarRecord,
  XDATCAR: (chunks) => readXdatcar(chunks),
  CHGCAR: densityRecord('CHGCAR'),
  CHG: densityRecord('CHG'),
  AECCAR: densityRecord('AECCAR'),
  PARCHG: densityRecord('PARCHG'),
  LOCPOT: async (chunks) => gridRecord(await readGrid(chunks, { kind: 'LOCPOT' }), true),
  'ACF.dat': async (chunks) => readAcf(await wholeText(chunks)),
  'BCF.dat': async (chunks) => readBcf(await wholeText(chunks)),
  'AVF.dat': async (chunks) => readAvf(await wholeText(chunks)),
  INCAR: incarRecord,
  KPOINTS: kpointsRecord,
  POTCAR: potcarRecord,
}

function densityRecord(kind: string): KindReader {
  return async (chunks) => gridRecord(await readGrid(chunks, { kind }), false)
}

async function vasprunRecord(chunks: Chunks): Promise<object> {
  const file = await readVasprun(chunks)
  return { ...file, ...(file.eigenvalues && { bands: bandEdges(file.eigenvalues) }) }
}

async function poscarRecord(chunks: Chunks): Promise<object> {
  const { structure, species, selectiveDynamics, velocities }: PoscarFile = readPoscar(
    await wholeText(chunks),
  )
  return {
    comment: structure.comment,
    latticeAngstrom: structure.lattice,
    species: species.map(({ element, count }) => ({ symbol: element, count })),
    ionCount: structure.sites.length,
    elements: structure.sites.map((site) => site.element),
    positionsFractional: structure.sites.map((site) => site.fractional),
    positionsCartesianAngstrom: cartesianAngstrom(structure),
    selectiveDynamics,
    ...(selectiveDynamics && { mobile: structure.sites.map((site) => site.mobile ?? [true, true, true]) }),
    ...(velocities && { velocities }),
  }
}

async function incarRecord(chunks: Chunks): Promise<object> {
  const { incar, duplicates, unreadable, remarks } = readIncar(await wholeText(chunks))
  return { incar, duplicates, unreadable, remarks }
}

async function kpointsRecord(chunks: Chunks): Promise<object> {
  const { kind, ...rest } = readKpoints(await wholeText(chunks))
  return { mode: kind, ...rest }
}

async function potcarRecord(chunks: Chunks): Promise<object> {
  const text = await wholeText(chunks)
  return readPotcarHeaders(text, `sha256:${createHash('sha256').update(text, 'latin1').digest('hex')}`)
}
