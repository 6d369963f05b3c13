import { elementOfSymbol, defaultPawSymbol, pawDataset } from '../../vasp/input/paw-data.ts'
import { methodPreset } from '../../vasp/input/method-presets.ts'
import type { Keep } from '../disk/large-files.ts'
import type { Screen, StepRule } from '../screen/screen-schema.ts'
import {
  defaultRelaxSettings,
  defaultStaticSettings,
  type StepKindName,
  type StepSettings,
} from '../steps/step-kind.ts'

/** One step of every member of a screen. */
export interface ScreenStep {
  readonly name: string
  readonly kind: StepKindName
  /** The same for every member but for the dipole correction. */
  readonly settings: (hasDipole: boolean) => StepSettings
  readonly keep?: Keep
}

/** The steps of a screen in the order in which they run: its own list, else relax → static. */
export function screenSteps(screen: Screen): readonly ScreenStep[] {
  const rules: readonly StepRule[] = screen.steps ?? [
    { kind: 'relax', incar: {} },
    { kind: 'static', incar: {} },
  ]
  return rules.map((rule) => {
    const name = rule.name ?? rule.kind
    const settings = (hasDipole: boolean) => stepSettings(screen, rule, name, hasDipole)
    return { name, kind: rule.kind, settings, ...(rule.keep === undefined ? {} : { keep: rule.keep }) }
  })
}

/** One U per element, also where a member lacks the element. */
function stepSettings(screen: Screen, rule: StepRule, name: string, hasDipole: boolean): StepSettings {
  const { method, kpoints, potcars } = screen
  const isRelax = rule.kind === 'relax'
  const { functional, useU } = isRelax ? method.relax : method.static
  const movesCell = isRelax && screen.host.lattice === 'relaxed'
  const encutEv = movesCell ? Math.max(method.encutEv, cellRelaxationEncutEv(screen)) : method.encutEv
  return {
    ...(isRelax ? defaultRelaxSettings : defaultStaticSettings),
    method: methodPreset(rule.functional ?? functional).name,
    useU: (rule.useU ?? useU) && Object.keys(method.hubbardU).length > 0,
    hubbardU: method.hubbardU,
    encutEv: rule.encutEv ?? encutEv,
    ...(movesCell && { isif: 3 as const }),
    // Forces are relaxed without the dipole field, which makes the electronic loop slow; the last energy has it.
    dipoleCorrection: !isRelax && hasDipole,
    kpoints: rule.kpoints ?? kpoints,
    potcars,
    ...given(rule),
    overrides: { ...method.incar[name], ...rule.incar },
  }
}

function given({
  ediffEv,
  ediffgEvPerAngstrom,
  maxIonicSteps,
  sigmaEv,
  lreal,
}: StepRule): Partial<StepSettings> {
  return {
    ...(ediffEv !== undefined && { ediffEv }),
    ...(ediffgEvPerAngstrom !== undefined && { ediffgEvPerAngstrom }),
    ...(maxIonicSteps !== undefined && { maxIonicSteps }),
    ...(sigmaEv !== undefined && { sigmaEv }),
    ...(lreal !== undefined && { lreal }),
  }
}

/**
 * Cut-off in eV for a changing cell: 1.3 × the largest ENMAX of all elements of the screen, in tens; 650 eV with Li_sv.
 * The same for every member, whichever elements it has.
 */
export function cellRelaxationEncutEv(screen: Screen): number {
  const elements = [...Object.keys(screen.host.oxidationStates), ...(screen.dopants?.elements ?? [])]
  const named = Object.entries(screen.potcars).filter(([element]) => elements.includes(element))
  const symbols = elements.flatMap((element) => screen.potcars[element] ?? defaultPawSymbol(element) ?? [])
  const all = [...symbols, ...named.map(([, symbol]) => symbol)].filter((symbol) =>
    elements.includes(elementOfSymbol(symbol)),
  )
  const largest = Math.max(0, ...all.map((symbol) => pawDataset(symbol)?.enmaxEv ?? 0))
  return Math.ceil((1.3 * largest) / 10) * 10
}
