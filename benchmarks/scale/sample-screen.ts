import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import type { PlannedCalculation } from '../../src/workflow/planned-calculation.ts'
import type { Leavings } from './simulated-site.ts'

/** Pristine and one dopant in a small cell of LiCoO2: a relaxation and what follows it. */
const text = `
name: sample
host: { file: ${JSON.stringify(resolve('structures/licoo2.cif'))}, oxidationStates: { Li: 1, Co: 3, O: -2 }, form: bulk }
dopants:
  elements: [Al]
  sites: [{ replace: Co }]
`

export interface Sample {
  readonly plans: readonly PlannedCalculation[]
  readonly leavings: Leavings
}

/** Runs the pristine member once on this machine, and keeps its plans and the files that it left. */
export async function sampleOf(): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-sample-'))
  try {
    const file = join(folder, 'screen.yaml')
    writeFileSync(file, text)
    execFileSync(process.execPath, [resolve('bin/dopant.js'), 'run', file, '--project', folder], { stdio: ['ignore', 'ignore', 'inherit'] })
    const { plan } = await planScreen(file)
    const plans = plan.calculations.filter(({ candidateId }) => candidateId === plan.calculations[0]?.candidateId)
    const runs = join(folder, '.dopant', 'runs')
    return { plans, leavings: Object.fromEntries(plans.map(({ step, folder: own }) => [step, filesOf(join(runs, own, 'attempt-1'))])) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const kept: readonly string[] = ['OUTCAR', 'CONTCAR', 'OSZICAR', 'vasp.out', 'dopant-end', 'ACF.dat', 'bader.out']

function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder).filter((name) => kept.includes(name))
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]))
}

/** Like the sample, so many candidates; each begins a billionth of a cell edge away from the others, so that none is the same as another. */
export function screenful(name: string, candidates: number, sample: Sample, waitsFor?: string): readonly PlannedCalculation[] {
  const prefix = sample.plans[0]?.candidateId ?? ''
  return Array.from({ length: candidates }, (_, i) => sample.plans.map((plan) => copyOf(plan, { name, prefix, i, waitsFor }))).flat()
}

interface Copy {
  readonly name: string
  readonly prefix: string
  readonly i: number
  readonly waitsFor: string | undefined
}

function copyOf(plan: PlannedCalculation, { name, prefix, i, waitsFor }: Copy): PlannedCalculation {
  const candidateId = `${name}/c${i}`
  const renamed = (id: string): string => id.replace(prefix, candidateId)
  const dependsOn = plan.dependsOn.length === 0 && waitsFor !== undefined ? [waitsFor] : plan.dependsOn.map(renamed)
  const settings = { ...plan.settings, encutEv: 400 + i * 1e-3 }
  const own = { ...plan, id: renamed(plan.id), folder: renamed(plan.id), candidateId, dependsOn, settings }
  const { start } = plan
  if (start.kind === 'relaxed') return { ...own, start: { ...start, from: renamed(start.from) } }
  const sites = start.structure.sites.map((site, at) => (at === 0 ? { ...site, fractional: moved(site.fractional, i) } : site))
  return { ...own, start: { ...start, structure: { ...start.structure, sites } } }
}

function moved([a, b, c]: readonly [number, number, number], i: number): [number, number, number] {
  return [a, b, c + i * 1e-9]
}
