import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { attemptsBelow, isWrong, tally, type ExecutedAttempt } from '../executions.ts'
import type { ChaosBed } from './chaos-bed.ts'
import { compareTables, tolerances } from './compare-tables.ts'
import { comparedTables, dopantProgram } from './driver.ts'

/** A blow, or an end that nobody asked for. */
export interface Fallen {
  readonly atSeconds: number
  readonly what: string
  readonly how: string
}

export interface Outcome {
  readonly bed: ChaosBed
  readonly calm: string
  readonly shot: string
  /** undefined when it did not come to its end. */
  readonly calmSeconds: number | undefined
  readonly shotSeconds: number | undefined
  readonly fallen: readonly Fallen[]
  /** Of those who drove the run under fire. */
  readonly environment: NodeJS.ProcessEnv
}

/** Prints what fell and what became of the screen. Returns whether all is as it should be. */
export async function printLedger(outcome: Outcome): Promise<boolean> {
  const { bed, calm, shot, calmSeconds, shotSeconds, fallen, environment } = outcome
  for (const { atSeconds, what, how } of fallen) console.log(`${(Number.isNaN(atSeconds) ? 'later' : `${atSeconds.toFixed(1)} s`).padStart(8)}  ${[what, how].filter((part) => part !== '').join(': ')}`)
  console.log(`blows: ${tally(fallen.flatMap(({ what }) => (what === '' ? [] : [what])))}`)
  console.log(`left alone: ${seconds(calmSeconds)}; under fire: ${seconds(shotSeconds)}`)
  const isNoneLost = printStates(statesOf(calm, bed.environment), statesOf(shot, environment))
  const attempts = attemptsBelow(bed.workFolder('shot'))
  const isEachOnce = printExecutions(attempts)
  const areTablesSame = printTables(tablesOf(calm, bed.environment), tablesOf(shot, environment), attempts)
  return calmSeconds !== undefined && shotSeconds !== undefined && isNoneLost && isEachOnce && areTablesSame
}

function seconds(value: number | undefined): string {
  return value === undefined ? 'NOT AT ITS END' : `all done after ${value.toFixed(0)} s`
}

type States = ReadonlyMap<string, string>

function printStates(calm: States, shot: States): boolean {
  const lost = [...calm.keys()].filter((id) => !shot.has(id))
  const undone = [...shot].filter(([, state]) => state !== 'done')
  console.log(`calculations: ${calm.size} left alone, ${shot.size} under fire; lost: ${lost.length}; states: ${tally([...shot.values()])}`)
  for (const [id, state] of undone) console.log(`  ${id}: ${state}`)
  return calm.size > 0 && lost.length === 0 && shot.size === calm.size && undone.length === 0
}

function printExecutions(attempts: readonly ExecutedAttempt[]): boolean {
  const wrong = attempts.filter(isWrong)
  const byCalculation = executionsOf(attempts)
  console.log(`attempts: ${attempts.length}, closed before a job came: ${attempts.filter(({ claim }) => claim === 'revoked').length}, jobs that stepped aside: ${attempts.flatMap(({ aside }) => aside).length}`)
  console.log(`executions of an attempt: ${tally(attempts.map(({ executions }) => `${executions}x`))}; of a calculation: ${tally([...byCalculation.values()].map((count) => `${count}x`))}`)
  console.log(`attempts executed another number of times than they should: ${wrong.length}`)
  for (const each of wrong) console.log(`  ${JSON.stringify(each)}`)
  return attempts.length > 0 && wrong.length === 0
}

/** By the folder of the calculation, that of its attempts. */
function executionsOf(attempts: readonly ExecutedAttempt[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { path, executions } of attempts) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + executions)
  return counts
}

type Tables = ReadonlyMap<string, string>

function printTables(calm: Tables, shot: Tables, attempts: readonly ExecutedAttempt[]): boolean {
  const continued = new Set([...executionsOf(attempts)].flatMap(([folder, count]) => (count > 1 ? [folder.split('/').at(-2) ?? ''] : [])))
  const isContinued = (candidate: string): boolean => continued.has(candidate) || continued.has('pristine')
  console.log(`candidates with a run that was continued: ${continued.size === 0 ? 'none' : [...continued].join(', ')}`)
  const compared = [...calm].map(([name, text]) => ({ name, ...compareTables(text, shot.get(name) ?? '', isContinued) }))
  for (const { name, rows, continuedRows, differing, largestChange } of compared) {
    const same = rows - Math.max(continuedRows, differing.length)
    const changes = [...largestChange].filter(([, change]) => change > 0).map(([unit, change]) => `${change.toPrecision(2)} ${unit} (of ${tolerances[unit] ?? 'others'})`)
    console.log(`table ${name}: ${same} rows the same in every byte, ${continuedRows} of continued runs held to tolerances${changes.length === 0 ? '' : `, largest change ${changes.join(', ')}`}; rows that differ: ${differing.length}`)
    for (const line of differing) console.log(`  ${line}`)
  }
  return compared.length > 0 && compared.every(({ differing, rows }) => rows > 0 && differing.length === 0)
}

function statesOf(project: string, environment: NodeJS.ProcessEnv): States {
  const told = JSON.parse(asked(['status', '--json', '--project', project], project, environment)) as { readonly calculations: readonly { readonly id: string; readonly state: string }[] }
  return new Map(told.calculations.map(({ id, state }) => [id, state]))
}

function tablesOf(project: string, environment: NodeJS.ProcessEnv): Tables {
  const files = comparedTables.map((name) => join(project, 'results', 'chaos', `${name}.csv`))
  // `dopant run` saves them at its end; with workers there is no such end.
  if (!files.every((file) => existsSync(file))) asked(['results', 'chaos', '--table', ...comparedTables, '--project', project], project, environment)
  return new Map(files.flatMap((file) => (existsSync(file) ? [[basename(file), readFileSync(file, 'utf8')] as const] : [])))
}

function asked(args: readonly string[], folder: string, environment: NodeJS.ProcessEnv): string {
  return execFileSync(process.execPath, [dopantProgram, ...args], { cwd: folder, env: environment, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] })
}
