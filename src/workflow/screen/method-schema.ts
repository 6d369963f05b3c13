import { z } from 'zod'
import { methodNames } from '../../vasp/input/method-presets.ts'
import { largeFiles } from '../disk/large-files.ts'
import { element, positive, wholePositive } from './element-schema.ts'

export const kpoints = z.strictObject({
  mesh: z
    .tuple([wholePositive, wholePositive, wholePositive])
    .optional()
    .describe('instead of `spacing`: this mesh in every cell'),
  pointsPerReciprocalAtom: positive
    .optional()
    .describe('instead of `spacing`: k-points times atoms, the same in every cell, for instance 1000'),
  spacing: positive
    .default(0.04)
    .describe('longest distance of neighbouring k-points along each axis; one point along the vacuum'),
  unit: z
    .enum(['2pi/A', '1/A'])
    .default('2pi/A')
    .describe('`2pi/A`: spacing times 2π Å⁻¹; `1/A`: as in KSPACING'),
  rounding: z.enum(['ceil', 'round']).default('ceil').describe('`ceil` never exceeds the spacing'),
})

const incarTags = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
function functionalOf(name: string) {
  const functional = z
    .string()
    .default(name)
    .describe(`one of ${methodNames.join(', ')}`)
  return z
    .strictObject({ functional, useU: z.boolean().default(true).describe('with `hubbardU`') })
    .prefault({})
}

const order = z.enum(['fm', 'afm-neel'])

export const method = z.strictObject({
  relax: functionalOf('optb86b-vdw').describe('of relaxations'),
  static: functionalOf('pbe').describe('of static runs and densities of states'),
  hubbardU: z
    .record(element, z.number().min(0))
    .default({})
    .describe('U − J in eV on the d or f shell of an element'),
  encutEv: positive.default(520).describe('plane-wave cut-off; a step may have its own'),
  magneticOrder: z
    .union([order, z.array(order).min(1)])
    .default('fm')
    .describe('at the start; a list gives every candidate once for each order'),
  incar: z
    .record(z.string(), incarTags)
    .default({})
    .describe('tags by step that are written last, for instance { relax: { POTIM: 0.2 } }'),
})

/** A step of the list; what is not said is taken from `method`. */
export const step = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'small letters, digits and dashes')
    .optional()
    .describe('folder and id; default: the kind. Tables read the steps `relax` and `static`'),
  kind: z.enum(['relax', 'static', 'dos']).describe('ions move; charges and energy; density of states'),
  functional: z.string().optional().describe('default: that of method.relax or method.static'),
  useU: z.boolean().optional().describe('default: that of method.relax or method.static'),
  encutEv: positive.optional().describe('default: method.encutEv'),
  ediffEv: positive.optional().describe('end of the electronic loop, for the whole cell; default 1e-6'),
  ediffgEvPerAngstrom: positive.optional().describe('largest force at which a relaxation ends; default 0.01'),
  maxIonicSteps: wholePositive.optional().describe('NSW; default 200'),
  sigmaEv: positive.optional().describe('Gaussian smearing; default 0.05'),
  lreal: z
    .union([z.boolean(), z.literal('Auto')])
    .optional()
    .describe('default: Auto in relaxations, false elsewhere'),
  kpoints: kpoints.optional().describe('default: those of the screen'),
  incar: incarTags.default({}).describe('tags that are written last in this step'),
  keep: z
    .union([z.literal('all'), z.array(z.enum(largeFiles))])
    .optional()
    .describe(
      'large files that stay on the site; default: WAVECAR goes when the next step is done, AECCAR and CHG when the charges are there, LOCPOT when its planar average is, CHGCAR and ELFCAR stay until `dopant clean`',
    ),
})

export const converge = z.strictObject({
  of: z.array(z.string().min(1)).min(1).default(['pristine']).describe('candidates that are repeated'),
  encutEv: z.array(positive).default([]).describe('cut-offs of every step'),
  kpoints: z.array(positive).default([]).describe('spacings, in the unit of `kpoints`'),
  repeats: z.array(wholePositive).default([]).describe('thicknesses of the slab'),
  vacuumAngstrom: z.array(positive).default([]).describe('widths of the vacuum of the slab'),
})

export type StepRule = z.output<typeof step>
export type ConvergeRule = z.output<typeof converge>
export type MagneticOrderName = z.output<typeof order>
