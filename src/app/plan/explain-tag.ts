import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Templates } from '../../ports/templates.ts'
import { incarGroupNames } from '../../vasp/input/incar-settings.ts'
import { knownIncarTags } from '../../vasp/input/incar-tags-data.ts'
import { writeIncarValue } from '../../vasp/input/incar-value.ts'
import { readIncar } from '../../vasp/input/incar.ts'
import { methodPreset } from '../../vasp/input/method-presets.ts'
import { tagNotes } from '../../vasp/input/tag-notes-data.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'
import { inputFiles } from '../../workflow/steps/input-files.ts'
import { prepareStep } from '../../workflow/steps/prepare-step.ts'
import { unrelaxed, type VaspInput } from '../../workflow/steps/step-kind.ts'
import type { PlannedScreen } from './plan-screen.ts'
import { screenKeys, screenPlaces, type ScreenPlaces } from './screen-places.ts'
import { plannedInput } from './write-plan.ts'

/** `site`: chosen from the ranks of its jobs; `vasp`: nobody sets it, so VASP's own default holds. */
export type TagSource = 'override' | 'site' | 'screen' | 'preset' | 'template' | 'default' | 'vasp'

export interface TagOrigin {
  readonly step: string
  /** As INCAR has it; null when it is not written. */
  readonly value: string | null
  readonly source: TagSource
  /** Where exactly, for people. */
  readonly where: string
  /** Why it is set, where there is something to say. */
  readonly why?: string
  /** Candidates with this value. */
  readonly candidates: readonly string[]
}

export class TagUnknownError extends KnownError {
  readonly code = 'TAG_UNKNOWN'
  readonly remedy: string
  constructor(tag: string) {
    super(`${tag} is no tag of INCAR, and nothing in this screen sets it.`)
    const near = didYouMean(tag, knownIncarTags)
    this.remedy = near === undefined ? 'Give a tag such as ENCUT.' : `Did you mean ${near}?`
  }
}

/**
 * Where the value of a tag comes from in every step of a screen: an override, the screen file, the preset of a
 * functional, a template, or a default of the step.
 *
 * @throws TagUnknownError
 */
export async function explainTag(planned: PlannedScreen, templates: Templates, name: string): Promise<readonly TagOrigin[]> {
  const tag = name.trim().toUpperCase()
  const places = screenPlaces(planned.source.text)
  const origins = new Map<string, TagOrigin>()
  for (const calculation of planned.plan.calculations) {
    const input = plannedInput(planned.plan, calculation)
    const origin = originIn(input, calculation, tag, places) ?? (await fromTemplate(input, calculation, templates, tag))
    const key = JSON.stringify(origin)
    const known = origins.get(key)
    origins.set(key, { ...origin, candidates: [...(known?.candidates ?? []), calculation.candidateId] })
  }
  const found = [...origins.values()]
  if (found.every(({ source }) => source === 'vasp') && !knownIncarTags.includes(tag)) throw new TagUnknownError(tag)
  return found
}

type Found = Omit<TagOrigin, 'candidates'>

function originIn(input: VaspInput, calculation: PlannedCalculation, tag: string, places: ScreenPlaces): Found | undefined {
  const value = input.incar[tag]
  const group = incarGroupNames.find((part) => input.incarGroups[part][tag] !== undefined)
  if (value === undefined || group === undefined) return undefined
  const why = tagNotes[tag]
  const found = { step: calculation.step, value: writeIncarValue(value), ...(why !== undefined && { why }) }
  if (group === 'user') return { ...found, source: 'override', where: overrideWords(input, calculation, tag, places) }
  const said = screenKeys(group, tag, calculation).map((key) => places(key)).find((place) => place !== undefined)
  if (group === 'functional') {
    const { name, sources } = methodPreset(calculation.settings.method)
    return { ...found, source: 'preset', where: `${name} (${said ?? 'default functional of the step'}); ${sources[0] ?? ''}` }
  }
  if (said !== undefined) return { ...found, source: 'screen', where: said }
  return { ...found, source: 'default', where: `default of a ${stepKindOf(calculation)} step` }
}

function overrideWords(input: VaspInput, calculation: PlannedCalculation, tag: string, places: ScreenPlaces): string {
  const settings = { ...calculation.settings, overrides: {} }
  const planned = prepareStep(stepKindOf(calculation), settings, input.structure, unrelaxed).incar[tag]
  const instead = planned === undefined ? 'not set otherwise' : `instead of ${writeIncarValue(planned)}`
  const said = screenKeys('user', tag, calculation).map((key) => places(key)).find((place) => place !== undefined)
  return `${said ?? 'incar of the step'}; ${instead}`
}

/** A tag that a user's template adds is in its text only. */
async function fromTemplate(input: VaspInput, { step }: PlannedCalculation, templates: Templates, tag: string): Promise<Found> {
  const files = await inputFiles(input, (name, values) => templates.render(name, values))
  const value = readIncar(files.find(({ path }) => path === 'INCAR')?.content ?? '').incar[tag]
  if (value === undefined) return { step, value: null, source: 'vasp', where: "not written: VASP's own default" }
  return { step, value: writeIncarValue(value), source: 'template', where: `templates/${input.templateName}` }
}
