import { z } from 'zod'
import { dopants, siteRule } from './dopant-schema.ts'
import { element, wholePositive } from './element-schema.ts'
import { bulk, delithiation, host, slab } from './host-schema.ts'
import { converge, kpoints, method, step } from './method-schema.ts'
import { chemicalPotentials, reference, vacancy } from './reference-schema.ts'
import { checkScreen } from './screen-checks.ts'

const userColumn = z.union([
  z.string().min(1),
  z.strictObject({
    formula: z.string().min(1),
    unit: z.string().optional(),
    digits: z.int().min(0).max(12).optional(),
  }),
])

/** The screen file as it is written, key by key. */
export const screenObject = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dot, dash and underscore')
    .describe('names the screen in ids and folders'),
  title: z.string().optional().describe('one line for people'),
  host: host.describe('the crystal'),
  slab: slab.optional().describe('how a slab is cut; needed with `form: slab`'),
  bulk: bulk.optional().describe('size of the cell with `form: bulk`'),
  dopants: dopants.optional().describe('what is put where; without it the screen is the pristine host'),
  presets: z
    .record(z.string(), z.array(siteRule).min(1))
    .default({})
    .describe('site rules of your own, by the name of a preset'),
  delithiation: z
    .array(delithiation)
    .default([])
    .describe('members with lithium taken out of the relaxed slab'),
  starts: wholePositive
    .max(50)
    .default(1)
    .describe('starts per candidate, with other rattles and other faces'),
  vacancies: z.array(vacancy).default([]).describe('members with an ion of the host taken out, for their formation energy'),
  references: z
    .array(reference)
    .default([])
    .describe(
      '`bulk`: the crystal in the fixed lattice of the slab, for surface energies; phases that limit chemical potentials: Li, O2, Li2O, MnO2 … by name, others with a file',
    ),
  chemicalPotentials: chemicalPotentials.prefault({}).describe('for formation energies'),
  chargeGridCheck: z
    .union([z.boolean(), z.string().min(1)])
    .default(false)
    .describe('one more static run on a grid 1.5 times as fine, to see that the Bader charges hold: of the first doped candidate, or of the one named'),
  method: method.prefault({}).describe('functionals, U, cut-off, magnetic order'),
  steps: z
    .array(step)
    .min(1)
    .optional()
    .describe('instead of relax → static: the steps of every candidate, in order'),
  kpoints: kpoints.prefault({}).describe('Γ-centred mesh by spacing'),
  converge: converge.optional().describe('convergence tests: one more set of calculations for each value'),
  potcars: z
    .record(element, z.string())
    .default({})
    .describe('PAW data set by element, for instance Li: Li_sv'),
  columns: z
    .record(
      z.string(),
      z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'letters and digits'), userColumn),
    )
    .default({})
    .describe(
      'extra columns by table: a formula over the columns of the row, for instance bonds: { shrinks: "meanAngstrom - 1.90 angstrom" }',
    ),
  budget: z
    .strictObject({ coreHours: z.number().positive().describe('cores × hours of all attempts together') })
    .optional()
    .describe('nothing more is submitted when what was used and what is submitted would exceed it'),
  recovery: z
    .strictObject({
      allow: z
        .array(z.enum(['comparability']))
        .default([])
        .describe('comparability: corrections that change what the energy means may be made to one member; the rest of the series is asked for afterwards'),
    })
    .prefault({})
    .describe('what may be done to a run that fails; corrections that only change the way to the same number are always made'),
  site: z.string().default('rehearsal').describe('where it runs'),
  sites: z
    .array(z.string())
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'each site once')
    .optional()
    .describe('instead of `site`: several, of which each calculation takes the one that has a place when it is ready'),
  priority: z.int().min(-100).max(100).default(0).describe('among all screens of the project: higher goes first'),
})

/** The screen file. Everything that a run depends on is here or a stated default. */
export const screenSchema = screenObject.superRefine(checkScreen)

export type Screen = z.output<typeof screenObject>
export type DelithiationRule = z.output<typeof delithiation>
export type { CompensationScheme, DopantRules, SiteRule } from './dopant-schema.ts'
export type { ChemicalPotentialRules, ReferenceRule, VacancyRule } from './reference-schema.ts'
export type { ConvergeRule, MagneticOrderName, StepRule } from './method-schema.ts'
