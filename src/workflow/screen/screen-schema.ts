import { z } from 'zod'

const element = z.string().regex(/^[A-Z][a-z]?$/, 'an element symbol such as Mn')
const positive = z.number().positive()
const wholePositive = z.int().min(1)
const oxidationStates = z.record(element, z.number())

const host = z.strictObject({
  file: z.string().min(1).describe('CIF, POSCAR or extended XYZ of the host, relative to the screen file'),
  block: z.string().optional().describe('name of the data block, when the CIF has several'),
  form: z.enum(['slab', 'bulk']).default('slab'),
  oxidationStates: oxidationStates.describe('formal charge in e of every element of the host'),
})

const slab = z.strictObject({
  millerIndex: z.tuple([z.int(), z.int(), z.int()]).describe('(hkl) in the setting of the host file'),
  termination: z.string().default('T1').describe('name from `dopant structure slab --terminations`'),
  repeats: wholePositive.default(3).describe('thickness in primitive repeats along the normal'),
  supercell: z.tuple([wholePositive, wholePositive]).default([1, 1]),
  vacuumAngstrom: positive.default(15),
  freeze: z.enum(['none', 'centre']).default('none'),
})

const siteRule = z.strictObject({
  name: z.string().min(1).optional().describe('name of the sub-series in tables and ids; default: the element'),
  replace: element.describe('element of the host that the dopant takes the place of'),
  wyckoff: z.string().optional().describe('Wyckoff position in the host, for instance 4g'),
  layer: z.string().optional().describe('cation layer, for instance Li-layer'),
  depth: z.union([z.enum(['surface', 'subsurface', 'centre', 'any']), z.number().min(0)]).default('surface'),
})

const dopants = z.strictObject({
  preset: z.enum(['paper']).optional(),
  elements: z.array(element).min(1),
  oxidationStates: oxidationStates.default({}),
  sites: z.array(siteRule).min(1).optional(),
  faces: z.enum(['one', 'both']).default('both'),
  offCentreAngstrom: z.number().min(0).max(1).optional().describe('shift of small dopants toward an O3 face'),
  offCentre: z.array(element).optional().describe('dopants that start off-centre; default: B, P, S, Si'),
  rattleAngstrom: z.number().min(0).max(0.2).default(0.03),
  seed: z.union([z.int(), z.string()]).default(1),
  compensation: z.enum(['electronic']).default('electronic'),
})

const delithiation = z.strictObject({
  of: z.array(z.string().min(1)).min(1).describe('candidate ids, for instance pristine'),
  element: element.default('Li'),
  planes: wholePositive.default(1),
  faces: z.enum(['one', 'both']).default('both'),
})

const kpoints = z.strictObject({
  spacing: positive.default(0.04),
  unit: z.enum(['2pi/A', '1/A']).default('2pi/A'),
  rounding: z.enum(['ceil', 'round']).default('ceil'),
})

const method = z.strictObject({
  relax: z.strictObject({ functional: z.string().default('optb86b-vdw'), useU: z.boolean().default(true) }).prefault({}),
  static: z.strictObject({ functional: z.string().default('pbe'), useU: z.boolean().default(true) }).prefault({}),
  hubbardU: z.record(element, z.number().min(0)).default({}).describe('U − J in eV on the d or f shell of an element'),
  encutEv: positive.default(520),
  magneticOrder: z.enum(['fm', 'afm-neel']).default('fm'),
  incar: z
    .record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
    .default({})
    .describe('tags by step that are written last, for instance { relax: { POTIM: 0.2 } }'),
})

const userColumn = z.union([
  z.string().min(1),
  z.strictObject({ formula: z.string().min(1), unit: z.string().optional(), digits: z.int().min(0).max(12).optional() }),
])

/** The screen file. Everything that a run depends on is here or a stated default. */
export const screenSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore'),
  title: z.string().optional(),
  host,
  slab: slab.optional(),
  dopants: dopants.optional(),
  delithiation: z.array(delithiation).default([]),
  method: method.prefault({}),
  kpoints: kpoints.prefault({}),
  potcars: z.record(element, z.string()).default({}).describe('PAW data set by element, for instance Li: Li_sv'),
  columns: z
    .record(z.string(), z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'letters and digits'), userColumn))
    .default({})
    .describe('extra columns by table: a formula over the columns of the row, for instance bonds: { shrinks: "meanAngstrom - 1.90 angstrom" }'),
  site: z.string().default('rehearsal'),
})

export type Screen = z.output<typeof screenSchema>
export type SiteRule = z.output<typeof siteRule>
export type DopantRules = z.output<typeof dopants>
export type DelithiationRule = z.output<typeof delithiation>
