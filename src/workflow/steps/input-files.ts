import { KnownError } from '../../base/known-error.ts'
import { writePoscar } from '../../structure/poscar.ts'
import { formula } from '../../structure/structure.ts'
import { incarGroupNames } from '../../vasp/input/incar-settings.ts'
import { writeIncarValue } from '../../vasp/input/incar-value.ts'
import { readIncar, type Incar } from '../../vasp/input/incar.ts'
import { checkedMesh } from '../../vasp/input/k-mesh.ts'
import { readKpoints } from '../../vasp/input/kpoints.ts'
import { readPotcarSpec, writePotcarSpec } from '../../vasp/input/potcar-spec.ts'
import { speciesBlocks } from '../../vasp/input/species-blocks.ts'
import { tagNotes } from '../../vasp/input/tag-notes-data.ts'
import type { VaspInput } from './step-kind.ts'

export interface InputFile {
  /** Relative to the folder of the calculation. */
  readonly path: string
  readonly content: string
}

/** Fills a template with values; an adapter gives it. */
export type RenderTemplate = (name: string, values: Readonly<Record<string, unknown>>) => Promise<string>

/** A template of the user says something else than the plan, which would then describe another run. */
export class TemplateContradictsPlanError extends KnownError {
  readonly code = 'TEMPLATE_CONTRADICTS_PLAN'
  readonly remedy: string
  constructor(file: string, difference: string) {
    super(`The ${file} that the template makes is not the planned one: ${difference}.`)
    this.remedy = `Set tags under method.incar of the screen rather than in the template, and keep every planned value in ${file}.`
  }
}

/**
 * INCAR, KPOINTS, POSCAR and POTCAR.spec as text. What the templates make is read again: it must hold every planned
 * value; tags that a user's template adds are let through.
 *
 * @throws TemplateContradictsPlanError and whatever `render` throws
 */
export async function inputFiles(input: VaspInput, render: RenderTemplate): Promise<readonly InputFile[]> {
  const incar = await render(input.templateName, incarValues(input))
  const kpoints = await render('vasp/KPOINTS.hbs', kpointsValues(input))
  const potcarSpec = await render('vasp/POTCAR.spec.hbs', { species: input.potcars })
  checkIncar(incar, input.incar)
  checkKpoints(kpoints, input)
  checkPotcarSpec(potcarSpec, input)
  return [
    { path: 'INCAR', content: incar },
    { path: 'KPOINTS', content: kpoints },
    { path: 'POSCAR', content: writePoscar(input.structure) },
    { path: 'POTCAR.spec', content: potcarSpec },
  ]
}

function incarValues(input: VaspInput): Readonly<Record<string, unknown>> {
  const groups = incarGroupNames.map((name) => [name, lines(input.incarGroups[name])] as const)
  return {
    title: input.structure.comment,
    formula: formula(input.structure),
    atomCount: input.structure.sites.length,
    electronCount: input.electronCount,
    functional: input.functional,
    species: speciesBlocks(input.structure)
      .map(({ element }) => element)
      .join(' '),
    groups: Object.fromEntries(groups),
    tags: Object.fromEntries(
      Object.entries(input.incar).map(([tag, value]) => [tag, writeIncarValue(value)]),
    ),
  }
}

// Undefined rather than empty, so that a template can ask whether the part is there.
function lines(group: Incar): readonly { tag: string; value: string; note: string }[] | undefined {
  const entries = Object.entries(group)
  if (entries.length === 0) return undefined
  return entries.map(([tag, value]) => ({ tag, value: writeIncarValue(value), note: tagNotes[tag] ?? '' }))
}

function kpointsValues(input: VaspInput): Readonly<Record<string, unknown>> {
  return { comment: input.kpointsComment, mesh: checkedMesh(input.kMesh.mesh).join(' ') }
}

function checkIncar(text: string, planned: Incar): void {
  const { incar } = readIncar(text)
  for (const [tag, value] of Object.entries(planned)) {
    const found = incar[tag]
    if (JSON.stringify(found) === JSON.stringify(value)) continue
    const given = found === undefined ? 'missing' : writeIncarValue(found)
    throw new TemplateContradictsPlanError('INCAR', `${tag} is ${given}, planned ${writeIncarValue(value)}`)
  }
}

function checkKpoints(text: string, input: VaspInput): void {
  const read = readKpoints(text)
  const found = read.kind === 'mesh' && read.centre === 'gamma' ? read.mesh.join(' ') : read.kind
  const planned = input.kMesh.mesh.join(' ')
  if (found !== planned)
    throw new TemplateContradictsPlanError('KPOINTS', `the mesh is ${found}, planned ${planned}`)
}

function checkPotcarSpec(text: string, input: VaspInput): void {
  const found = writePotcarSpec(readPotcarSpec(text))
  if (found !== writePotcarSpec(input.potcars)) {
    throw new TemplateContradictsPlanError(
      'POTCAR.spec',
      `the datasets are ${readPotcarSpec(text)
        .map((s) => s.symbol)
        .join(' ')}`,
    )
  }
}
