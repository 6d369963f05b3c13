import { z } from 'zod'
import { element, oxidationStates, wholePositive } from './element-schema.ts'

const interstitial = z.strictObject({
  void: z
    .enum(['tetrahedral', 'octahedral', 'trigonal'])
    .default('tetrahedral')
    .describe('between 4, 6 or 3 anions'),
  class: wholePositive.optional().describe('symmetry class in the host crystal, 1 for the roomiest'),
  without: element.optional().describe('no cation of this element within 2.0 Å, for instance Mn'),
  remove: z
    .strictObject({
      element: element.describe('which ion leaves'),
      count: wholePositive.default(1).describe('how many, per dopant'),
    })
    .optional()
    .describe('nearest cations that make room for the dopant'),
})

const depth = z
  .union([z.enum(['surface', 'subsurface', 'centre', 'any']), z.number().min(0)])
  .default('surface')
  .describe(
    'shallowest, next, deepest or every distinct position; or a depth in Å, met within 0.3 Å; a bulk host takes every position',
  )

export const siteRule = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .optional()
      .describe('name of the sub-series in tables and ids; default: the element'),
    replace: element.optional().describe('element of the host that the dopant takes the place of'),
    interstitial: interstitial.optional().describe('instead of `replace`: a void between anions'),
    wyckoff: z.string().optional().describe('Wyckoff position in the host, for instance 4g'),
    layer: z.string().optional().describe('cation layer, for instance Li-layer'),
    depth,
    count: wholePositive
      .optional()
      .describe('dopants per face (slab) or per cell (bulk); all symmetry-distinct arrangements; default 1'),
    concentration: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('instead of `count`: part of the equivalent sites, rounded to a whole number'),
    limit: wholePositive.default(50).describe('refuse more arrangements than this'),
  })
  .superRefine((rule, context) => {
    if ((rule.replace === undefined) === (rule.interstitial === undefined))
      context.addIssue({ code: 'custom', message: 'a site rule needs either `replace` or `interstitial`' })
    if (rule.count !== undefined && rule.concentration !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['concentration'],
        message: 'give `count` or `concentration`, not both',
      })
    if (rule.interstitial !== undefined && (rule.count ?? rule.concentration) !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['interstitial'],
        message: 'one dopant per face or cell goes into a void: no `count` or `concentration`',
      })
  })

const place = z
  .enum(['nearest', 'farthest'])
  .default('nearest')
  .describe('seen from the dopants of the same face')

const scheme = z.union([
  z.enum(['electronic', 'oxygen-vacancy']),
  z.strictObject({
    vacancy: element
      .optional()
      .describe('cations that leave when the dopants bring too much positive charge'),
    interstitial: element.optional().describe('cations that enter when they bring too little'),
    place,
  }),
])

export const dopants = z.strictObject({
  preset: z.string().optional().describe('`paper`, `screen`, or one of `presets`; only read without `sites`'),
  elements: z.array(element).min(1).describe('dopants, each on every site'),
  oxidationStates: oxidationStates
    .default({})
    .describe('formal charge in e; usual states of oxides where it is not given'),
  sites: z.array(siteRule).min(1).optional().describe('where dopants go'),
  faces: z
    .enum(['one', 'both'])
    .default('both')
    .describe('`both`: pairs that a symmetry operation of the slab relates'),
  offCentreAngstrom: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('shift of small dopants toward an O3 face; default 0.4'),
  offCentre: z.array(element).optional().describe('dopants that start off-centre; default: B, P, S, Si'),
  rattleAngstrom: z.number().min(0).max(0.2).default(0.03).describe('random displacement of every atom'),
  bondDistortions: z
    .array(z.number().min(-0.6).max(0.6))
    .default([])
    .describe('more starts: bonds of the dopant scaled by 1 + this, for instance [-0.2, 0.2]'),
  seed: z
    .union([z.int(), z.string()])
    .default(1)
    .describe('another seed gives another rattle and another face'),
  start: z
    .enum(['built', 'relaxed-pristine'])
    .default('built')
    .describe(
      '`built`: from the cell as it is cut; `relaxed-pristine`: from the relaxed undoped cell, with the dopant put in its place there',
    ),
  compensation: z
    .union([scheme, z.array(scheme).min(1)])
    .default('electronic')
    .describe('what makes up for the formal charge; a list gives one candidate for each'),
})

export type SiteRule = z.output<typeof siteRule>
export type DopantRules = z.output<typeof dopants>
export type CompensationScheme = z.output<typeof scheme>
