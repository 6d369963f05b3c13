import { isNode, LineCounter, parseDocument } from 'yaml'
import type { IncarGroupName } from '../../vasp/input/incar-settings.ts'
import { stepKindOf, type PlannedCalculation } from '../../workflow/planned-calculation.ts'

/** A path into the screen file; `step:relax` stands for the entry of that name in the list of steps. */
export type ScreenKey = readonly string[]

/** `method.encutEv, line 38` when the file says it, else undefined. */
export type ScreenPlaces = (key: ScreenKey) => string | undefined

export function screenPlaces(text: string): ScreenPlaces {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const names = stepNames(document.toJS() as unknown)
  return (key) => {
    const path = key.map((part) => (part.startsWith('step:') ? names.indexOf(part.slice(5)) : part))
    if (path.includes(-1)) return undefined
    const node: unknown = document.getIn(path, true)
    if (!isNode(node)) return undefined
    const word = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('')
    return `${word.slice(1)}, line ${lines.linePos(node.range?.[0] ?? 0).line}`
  }
}

function stepNames(screen: unknown): readonly string[] {
  const steps = (screen as { steps?: unknown } | null)?.steps
  if (!Array.isArray(steps)) return []
  return steps.map((step: { name?: string; kind?: string } | null) => step?.name ?? step?.kind ?? '')
}

/** The keys of the screen that decide a tag of a step, nearest first. */
export function screenKeys(group: IncarGroupName, tag: string, calculation: PlannedCalculation): readonly ScreenKey[] {
  const step = `step:${calculation.step}`
  const own = (key: string): ScreenKey => ['steps', step, key]
  const kind = stepKindOf(calculation) === 'relax' ? 'relax' : 'static'
  if (group === 'user') return caseVariants(tag).flatMap((word) => [['steps', step, 'incar', word], ['method', 'incar', calculation.step, word]])
  if (group === 'functional') return [own('functional'), ['method', kind, 'functional']]
  if (group === 'hubbard') return [['method', 'hubbardU'], own('useU'), ['method', kind, 'useU']]
  if (group === 'magnetism') return [['method', 'magneticOrder']]
  if (group === 'slab') return [['dopants', 'faces']]
  const keys = (stepKeys[tag] ?? []).map(own)
  return [...keys, ...(screenWide[tag] ?? [])]
}

function caseVariants(tag: string): readonly string[] {
  return [tag, tag.toLowerCase()]
}

const stepKeys: Readonly<Record<string, readonly string[]>> = {
  ENCUT: ['encutEv'],
  EDIFF: ['ediffEv'],
  EDIFFG: ['ediffgEvPerAngstrom'],
  NSW: ['maxIonicSteps'],
  SIGMA: ['sigmaEv'],
  LREAL: ['lreal'],
}

const screenWide: Readonly<Record<string, readonly ScreenKey[]>> = {
  ENCUT: [['method', 'encutEv']],
  ISIF: [['host', 'lattice']],
  SYSTEM: [['name']],
}
