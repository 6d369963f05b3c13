import { z } from 'zod'

// Numbers that VASP printed as **** are null.
export const number = z.number().nullable()
export const integer = z.int()
export const vector = z.tuple([number, number, number])
export const matrix = z.tuple([vector, vector, vector])
export const vectors = z.array(vector)
export const flag = z.boolean()
const verdict = z.boolean().nullable()
export const text = z.string()
export const tags = z.record(text, z.unknown())

const runState = z
  .enum([
    'finished',
    'stopped',
    'interrupted',
    'ionic-unconverged',
    'electronic-unconverged',
    'failed-at-start',
  ])
  .describe('how the run ended')

const species = z
  .array(z.looseObject({ symbol: text, count: integer.optional(), zval: number.optional() }))
  .describe('species in POTCAR order: element, number of ions, valence electrons')

const ionicSteps = z
  .array(
    z.looseObject({
      totenEv: number.optional().describe('free energy; forces belong to it'),
      energyWithoutEntropyEv: number.optional(),
      energySigmaToZeroEv: number.optional().describe('extrapolated to zero smearing'),
      scfSteps: integer.describe('electronic steps'),
      lastEnergyChangeEv: number.optional().describe('change in the last electronic step'),
      maxForceEvPerAngstrom: number.optional().describe('largest force, frozen ions included'),
    }),
  )
  .describe('every ionic step')

const final = z
  .looseObject({
    totenEv: number.optional(),
    energyWithoutEntropyEv: number.optional(),
    energySigmaToZeroEv: number.optional(),
    forcesEvPerAngstrom: vectors.optional().describe('[ion][xyz], POSCAR order'),
    maxForceEvPerAngstrom: number.optional(),
    latticeAngstrom: matrix.optional().describe('rows a, b, c'),
    positionsCartesianAngstrom: vectors.optional().describe('[ion][xyz], POSCAR order'),
    pressureKbar: number.optional(),
  })
  .optional()
  .describe('the last step with energy and forces')

const converged = z
  .looseObject({
    electronic: verdict.describe('last ionic step; null when the file does not tell'),
    ionic: verdict.describe('null when nothing was relaxed or the file does not tell'),
    earlierElectronicMisses: integer.describe('earlier ionic steps whose electronic loop ran into NELM'),
  })
  .describe('what was to converge, and did')

export const vaspVersion = text.optional().describe('as printed: 5.4.4, 6.3.2')
const fermiEnergyEv = number.optional().describe('the last one printed')
const electronCount = number.optional().describe('valence electrons of the cell')
const ionCount = integer.optional()

export const outcarSchema = z.looseObject({
  vaspVersion,
  runState,
  converged,
  ionicSteps,
  final,
  magnetization: z
    .looseObject({
      perIonMuB: z.array(number).optional().describe('in the PAW sphere, POSCAR order'),
      totalMuB: number.optional().describe('of the whole cell'),
    })
    .optional(),
  charge: z
    .looseObject({ perIonElectrons: z.array(number).describe('in the PAW sphere: no Bader charge') })
    .optional(),
  fermiEnergyEv,
  electronCount,
  ionCount,
  species,
  incar: tags.describe('the INCAR as echoed (6.2 on)'),
  timing: z.looseObject({ elapsedSeconds: number.optional() }),
  boxes: z.array(z.looseObject({ kind: text, text, count: integer })).describe('warnings and advice'),
})

export const vasprunSchema = z.looseObject({
  vaspVersion,
  runState,
  isComplete: flag.describe('is the document closed?'),
  converged,
  incar: tags.describe('the INCAR as VASP understood it'),
  species,
  elements: z.array(text).describe('of each ion, POSCAR order'),
  ionCount,
  electronCount,
  kpoints: z.looseObject({ points: vectors, weights: z.array(number) }),
  ionicSteps,
  final,
  fermiEnergyEv,
  bands: z
    .looseObject({ gapEv: number.optional().describe('by occupation, at the k-points at hand') })
    .optional(),
})
