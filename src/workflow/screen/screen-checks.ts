import type { z } from 'zod'
import type { Screen } from './screen-schema.ts'

/** Presets that need no entry in the file. */
export const builtInPresets = ['paper', 'screen'] as const

/** What one part of a screen demands of another. */
export function checkScreen(screen: Screen, context: z.RefinementCtx): void {
  checkPreset(screen, context)
  checkForm(screen, context)
  checkSteps(screen, context)
  checkReferences(screen, context)
  checkStart(screen, context)
}

function checkStart({ dopants, host, steps }: Screen, context: z.RefinementCtx): void {
  if (dopants?.start !== 'relaxed-pristine') return
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', path: ['dopants', 'start'], message })
  }
  if (host.lattice === 'relaxed')
    refuse('doped cells keep the lattice that they start with: not with `lattice: relaxed`; relax the bulk in a screen of its own and give its CONTCAR as host.file')
  if (steps !== undefined && !steps.some(({ kind }) => kind === 'relax'))
    refuse('`relaxed-pristine` needs a step that is a relaxation')
}

function checkReferences({ references, chemicalPotentials, method }: Screen, context: z.RefinementCtx): void {
  const names = references.map((each) => (typeof each === 'string' ? each : each.name))
  names.forEach((name, i) => {
    if (names.indexOf(name) === i) return
    context.addIssue({ code: 'custom', path: ['references', i], message: `${name} is named twice` })
  })
  const { oxygenCorrection } = chemicalPotentials
  if (oxygenCorrection === 'none') return
  const fittedFor = oxygenCorrection === 'wang-2006' ? 'pbe' : oxygenCorrection.functional
  if (fittedFor === method.static.functional) return
  const message = `it was fitted for ${fittedFor}, while energies come from ${method.static.functional}: leave it out`
  context.addIssue({ code: 'custom', path: ['chemicalPotentials', 'oxygenCorrection'], message })
}

function checkPreset({ dopants, presets }: Screen, context: z.RefinementCtx): void {
  const known = [...builtInPresets, ...Object.keys(presets)]
  if (dopants?.preset === undefined || known.includes(dopants.preset)) return
  const message = 'there is no such preset'
  context.addIssue({
    code: 'invalid_value',
    values: known,
    input: dopants.preset,
    path: ['dopants', 'preset'],
    message,
  })
}

function checkForm(
  { host, slab, delithiation, converge, references, kpoints }: Screen,
  context: z.RefinementCtx,
): void {
  const refuse = (path: (string | number)[], message: string) => {
    context.addIssue({ code: 'custom', path, message })
  }
  if (references.length > 0 && kpoints.mesh !== undefined)
    refuse(['kpoints', 'mesh'], 'the reference has another cell than the slab: give a spacing instead')
  if (host.form === 'slab') {
    if (slab === undefined) refuse(['slab'], 'needed with `form: slab`')
    if (host.lattice === 'relaxed')
      refuse(
        ['host', 'lattice'],
        'a slab is cut from a known lattice: relax the bulk in a screen of its own and give its CONTCAR as host.file',
      )
    return
  }
  if (slab !== undefined)
    refuse(['slab'], 'not with `form: bulk`; its size is `bulk: { supercell: [2, 1, 2] }`')
  if (delithiation.length > 0)
    refuse(['delithiation'], 'planes are counted from a surface: not with `form: bulk`')
  if (references.includes('bulk')) refuse(['references'], '`bulk` is the reference of a slab: not with `form: bulk`')
  if ((converge?.repeats.length ?? 0) > 0)
    refuse(['converge', 'repeats'], 'the thickness of a slab: not with `form: bulk`')
  if ((converge?.vacuumAngstrom.length ?? 0) > 0)
    refuse(['converge', 'vacuumAngstrom'], 'not with `form: bulk`')
}

function checkSteps({ steps, delithiation }: Screen, context: z.RefinementCtx): void {
  if (steps === undefined) return
  const names = steps.map((step) => step.name ?? step.kind)
  names.forEach((name, i) => {
    if (names.indexOf(name) === i) return
    context.addIssue({
      code: 'custom',
      path: ['steps', i],
      message: `two steps are called ${name}: give each a name of its own`,
    })
  })
  if (delithiation.length > 0 && !steps.some(({ kind }) => kind === 'relax'))
    context.addIssue({
      code: 'custom',
      path: ['steps'],
      message: 'lithium is taken out of the relaxed slab, so one step must be a relaxation',
    })
}
