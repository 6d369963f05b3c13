import type { RunSettings } from '../../analysis/run-settings.ts'
import { importedSite } from '../../workflow/imported.ts'
import { originWords } from '../../workflow/partition-origin.ts'
import { stepKindOf } from '../../workflow/planned-calculation.ts'
import type { StepSettings } from '../../workflow/steps/step-kind.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { ScreenRun } from './screen-runs.ts'

/** How one step of a screen was calculated, from what the runs themselves printed; every list has its distinct values. */
export interface StepMethod {
  readonly step: string
  readonly kind: string
  readonly runCount: number
  readonly finishedCount: number
  /** More than one would be a mixture that no table may hide. */
  readonly methods: readonly StepResult['method'][]
  /** As a methods section says it, from the plan: `PBE+U`. */
  readonly functionals: readonly string[]
  /** As the OUTCAR says it: `GGA = PE`. */
  readonly printedFunctionals: readonly string[]
  readonly vaspVersions: readonly string[]
  readonly kMeshes: readonly string[]
  /** Some runs were made by hand: the plan does not tell how their meshes were centred. */
  readonly isImported?: boolean
  /** U − J in eV by element, zeros left out. */
  readonly hubbardUEv: Readonly<Record<string, number>>
  /** TITEL by element. */
  readonly potentials: Readonly<Record<string, string>>
  readonly settings: readonly RunSettings[]
  /** Of the plan: what the OUTCAR settings do not hold. */
  readonly planned: StepSettings
  readonly partitions: readonly string[]
  /** What a user wrote over. */
  readonly overrides: readonly string[]
}

/** One entry a step, in the order of the plan. */
export function stepMethods(runs: readonly ScreenRun[]): readonly StepMethod[] {
  const steps = [...new Set(runs.map(({ calculation }) => calculation.step))]
  return steps.map((step) => methodOf(step, runs.filter(({ calculation }) => calculation.step === step)))
}

function methodOf(step: string, runs: readonly ScreenRun[]): StepMethod {
  const plans = runs.map(({ calculation }) => calculation.plan)
  const results = runs.flatMap(({ result }) => (result === undefined ? [] : [result]))
  const settings = results.flatMap((result) => result.settings ?? [])
  const planned = plans[0]!.settings
  const u: Readonly<Record<string, number>> = Object.assign({}, ...settings.map((each) => each.hubbardUEv))
  return {
    step,
    kind: stepKindOf(plans[0]!),
    runCount: runs.length,
    finishedCount: results.length,
    methods: distinct(results.map(({ method }) => method)),
    functionals: distinct(plans.map(({ functional }) => functional)),
    printedFunctionals: distinct(settings.map(({ functional }) => functional)),
    vaspVersions: distinct(results.flatMap(({ vaspVersion }) => vaspVersion ?? [])),
    kMeshes: distinct(plans.flatMap(({ kMesh }) => (kMesh.includes(0) ? [] : [kMesh.join(' × ')]))),
    isImported: runs.some(({ calculation }) => calculation.site === importedSite),
    hubbardUEv: Object.fromEntries(Object.entries(settings.length > 0 ? u : plannedU(planned)).filter(([, ev]) => ev !== 0)),
    potentials: Object.assign({}, ...settings.map((each) => each.potentials)) as Readonly<Record<string, string>>,
    settings,
    planned,
    partitions: distinct(results.flatMap(({ bader }) => (bader === null ? [] : [originWords(bader.partition)]))),
    overrides: Object.entries(planned.overrides).map(([tag, value]) => `${tag} = ${value}`),
  }
}

function plannedU({ useU, hubbardU }: StepSettings): Readonly<Record<string, number>> {
  return useU ? (hubbardU as Readonly<Record<string, number>>) : {}
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)]
}
