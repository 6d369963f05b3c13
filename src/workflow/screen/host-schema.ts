import { z } from 'zod'
import { element, oxidationStates, positive, wholePositive } from './element-schema.ts'

export const host = z.strictObject({
  file: z.string().min(1).describe('CIF, POSCAR or extended XYZ of the host, relative to the screen file'),
  block: z.string().optional().describe('name of the data block, when the CIF has several'),
  form: z.enum(['slab', 'bulk']).default('slab').describe('a surface slab, or the crystal itself'),
  lattice: z
    .enum(['experimental', 'relaxed'])
    .default('experimental')
    .describe(
      '`relaxed` (bulk only): the relaxation also changes the cell, ISIF = 3, with ENCUT of at least 1.3 × the largest ENMAX',
    ),
  oxidationStates: oxidationStates.describe('formal charge in e of every element of the host'),
})

export const slab = z.strictObject({
  millerIndex: z
    .array(z.int())
    .min(3)
    .max(4)
    .describe('(hkl), or (hkil) with i = −h − k, in the setting of the host file'),
  termination: z.string().default('T1').describe('name from `dopant structure slab --terminations`'),
  repeats: wholePositive.default(3).describe('thickness in primitive repeats along the normal'),
  minimumThicknessAngstrom: positive
    .max(200)
    .optional()
    .describe('instead of `repeats`: the fewest that are this thick, between outermost atom centres'),
  minimumAtoms: wholePositive.optional().describe('instead of `repeats`: the fewest with this many atoms in the 1×1 cell'),
  supercell: z
    .tuple([wholePositive, wholePositive])
    .default([1, 1])
    .describe('surface cell in repeats of its two vectors'),
  minimumImageDistanceAngstrom: positive
    .max(100)
    .optional()
    .describe('instead of `supercell`: the smallest cell that keeps images of an atom this far apart'),
  reconstruct: z
    .boolean()
    .default(false)
    .describe('a polar cut: half of an outer plane moves to the other face, which removes the dipole (Tasker)'),
  orthogonal: z.boolean().default(false).describe('count the surface cell in right-angled cells'),
  vacuumAngstrom: positive.default(15).describe('between outermost atom centres, exact'),
  freeze: z
    .enum(['none', 'centre', 'bottom'])
    .default('none')
    .describe('`centre` or `bottom` holds one repeat at its bulk positions'),
})

export const bulk = z.strictObject({
  supercell: z
    .tuple([wholePositive, wholePositive, wholePositive])
    .default([1, 1, 1])
    .describe('repeats of the cell of the host file along a, b, c'),
})

export const delithiation = z.strictObject({
  of: z
    .array(z.string().min(1))
    .min(1)
    .describe('candidate ids, for instance pristine; their other starts follow'),
  element: element.default('Li').describe('the ion that is taken out'),
  layer: z.string().optional().describe('only ions of this cation layer, for instance Li-layer'),
  planes: wholePositive.default(1).describe('outer planes of the element, per face'),
  count: wholePositive.optional().describe('instead of `planes`: this many of the outermost ions, per face'),
  faces: z.enum(['one', 'both']).default('both').describe('of which faces; `one` is the top'),
  oxygenMomentMuB: z
    .number()
    .min(0)
    .max(2)
    .default(0.6)
    .describe('starting moment of the oxygens that lose a neighbour, so that a hole can settle on them'),
})
