import { z } from 'zod'
import type { FileKind } from '../../vasp/output/file-kind.ts'
import {
  flag,
  integer,
  matrix,
  number,
  outcarSchema,
  tags,
  text,
  vaspVersion,
  vasprunSchema,
  vector,
  vectors,
} from './run-schemas.ts'

const poscar = z.looseObject({
  comment: text,
  latticeAngstrom: matrix,
  species: z.array(z.object({ symbol: text, count: integer })),
  ionCount: integer,
  elements: z.array(text),
  positionsFractional: vectors,
  positionsCartesianAngstrom: vectors,
  selectiveDynamics: flag,
  mobile: z
    .array(z.tuple([flag, flag, flag]))
    .optional()
    .describe('false where the coordinate is held'),
})

const extent = { min: number, max: number }
const density = z.object({ integralElectrons: number, ...extent })
const shape = z.tuple([integer, integer, integer]).describe('points along a, b, c')
const gridRest = {
  formula: text,
  ionCount: integer,
  latticeAngstrom: matrix,
  volumeAngstrom3: number,
  augmentationRecords: z.array(integer).describe('one-centre records after each grid'),
  isComplete: flag.describe('false when the file ends within the augmentation'),
}
const charge = z.looseObject({
  grid: shape,
  integralElectrons: number.describe('sum of the values over the number of points'),
  ...extent,
  difference: density.optional().describe('spin up minus spin down'),
  magnetization: z.array(density).optional().describe('x, y, z of a non-collinear run'),
  ...gridRest,
})
const mean = z.object({ meanEv: number, ...extent })
const potential = z.looseObject({
  grid: shape,
  meanEv: number,
  ...extent,
  spinDown: mean.optional(),
  ...gridRest,
})

/** The record of each kind, `file` and `kind` apart. More fields than these may be there. */
export const recordSchemas: Readonly<Record<FileKind, z.ZodObject>> = {
  OUTCAR: outcarSchema,
  'vasprun.xml': vasprunSchema,
  OSZICAR: z.looseObject({
    ionicSteps: z.array(
      z.looseObject({
        totenEv: number.optional(),
        energySigmaToZeroEv: number.optional(),
        scfSteps: integer,
      }),
    ),
    unfinishedScfSteps: integer,
  }),
  stdout: z.looseObject({
    vaspVersion,
    messages: z.array(z.looseObject({ key: text, line: integer, text, count: integer })),
    electronicSteps: integer,
    ionicSteps: integer,
  }),
  POSCAR: poscar,
  CONTCAR: poscar,
  XDATCAR: z.looseObject({
    elements: z.array(text),
    configurationCount: integer,
    latticeAngstrom: matrix,
    finalLatticeAngstrom: matrix,
    finalPositionsFractional: vectors,
    hasVariableCell: flag,
    isComplete: flag,
  }),
  CHGCAR: charge,
  CHG: charge,
  AECCAR: charge,
  PARCHG: charge,
  LOCPOT: potential,
  'ACF.dat': z.looseObject({
    atoms: z
      .array(
        z.object({
          cartesianAngstrom: vector,
          electrons: number.describe('in the basin; the net charge is ZVAL minus this'),
          minDistanceAngstrom: number.optional().describe('from the atom to the surface of its basin'),
          volumeAngstrom3: number.optional(),
        }),
      )
      .describe('POSCAR order'),
    vacuumElectrons: number.optional(),
    vacuumVolumeAngstrom3: number.optional(),
    electronCount: number.describe('of the whole cell, as printed'),
    unit: z.enum(['angstrom', 'bohr']).describe('length unit of the file; the fields are in Å'),
  }),
  'BCF.dat': z.looseObject({
    maxima: z.array(
      z.object({
        cartesianAngstrom: vector,
        electrons: number,
        atomIndex: integer.describe('from 0'),
        distanceAngstrom: number,
      }),
    ),
  }),
  'AVF.dat': z.looseObject({
    atoms: z.array(
      z.object({
        atomIndex: integer.describe('from 0'),
        maximumIndices: z.array(integer).describe('into the maxima of BCF.dat, from 0'),
      }),
    ),
  }),
  INCAR: z.looseObject({
    incar: tags.describe('tags in upper case'),
    duplicates: z.array(z.unknown()),
    unreadable: z.array(z.unknown()),
    remarks: z.array(z.unknown()),
  }),
  KPOINTS: z.looseObject({
    mode: z.enum(['mesh', 'length', 'generating-vectors', 'list', 'line']),
    comment: text,
  }),
  POTCAR: z.looseObject({
    potentials: z.array(
      z.looseObject({
        titel: text,
        symbol: text,
        vrhfin: text.optional(),
        lexch: text.optional(),
        zval: number.optional(),
        enmaxEv: number.optional(),
      }),
    ),
    hash: text.describe('SHA-256 of the whole file'),
  }),
}

const failure = z.object({
  file: text,
  kind: text.optional(),
  error: z.object({ code: text, message: text, remedy: text }),
})

/** One line of `dopant parse --json`, as JSON Schema 2020-12. */
export function parseJsonSchema(): object {
  const records = Object.entries(recordSchemas).map(([kind, schema]) =>
    schema.extend({ file: text, kind: z.literal(kind) }),
  )
  const line = z.union([failure, ...records]).meta({ title: 'One line of dopant parse --json' })
  return z.toJSONSchema(line, { reused: 'ref' })
}
