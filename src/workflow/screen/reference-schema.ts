import { z } from 'zod'
import { element, oxidationStates } from './element-schema.ts'

const phaseName = z.string().regex(/^[A-Za-z][A-Za-z0-9()-]{0,31}$/, 'a formula such as Li2O')

/** A phase that is calculated beside the candidates. */
export const reference = z.union([
  phaseName,
  z.strictObject({
    name: phaseName.describe('what ids and tables call it'),
    file: z.string().min(1).describe('CIF, POSCAR or extended XYZ, relative to the screen file'),
    block: z.string().optional().describe('name of the data block, when the CIF has several'),
    kind: z
      .enum(['crystal', 'metal', 'molecule'])
      .default('crystal')
      .describe('a metal has ISMEAR = 1; a molecule keeps its box and starts at 1 μB per atom'),
    oxidationStates: oxidationStates.default({}).describe('formal charges, for magnetic moments; default: those of the host'),
  }),
])

/** What the corrected energy of O2 stands on. */
const oxygenCorrection = z.union([
  z.enum(['none', 'wang-2006']),
  z.strictObject({
    evPerO2: z.number().describe('added to the energy of O2; 1.36 raises it'),
    functional: z.string().min(1).describe('method preset that it was fitted for, for instance pbe'),
  }),
])

export const chemicalPotentials = z.strictObject({
  oxygenCorrection: oxygenCorrection
    .default('none')
    .describe('`wang-2006`: +1.36 eV per O2, only with PBE; a correction is refused with any other functional'),
  stated: z
    .record(z.string().min(1), z.record(element, z.number()))
    .default({})
    .describe('μ of your own by name, eV per atom relative to the element’s reference (Li, O2 …), for instance { air: { O: -0.3 } }; the one element of the host that is left out follows from the host'),
})

/** What is taken out of the pristine host, each at its own candidate. */
export const vacancy = z.strictObject({
  remove: element.default('O').describe('element that leaves'),
  wyckoff: z.string().optional().describe('Wyckoff position in the host, for instance 8j'),
  depth: z
    .union([z.enum(['surface', 'subsurface', 'centre', 'any']), z.number().min(0)])
    .default('surface')
    .describe('as in dopants.sites'),
  faces: z.enum(['one', 'both']).default('both').describe('`both`: two vacancies that a symmetry operation relates'),
})

export type ReferenceRule = z.output<typeof reference>
export type ChemicalPotentialRules = z.output<typeof chemicalPotentials>
export type VacancyRule = z.output<typeof vacancy>
