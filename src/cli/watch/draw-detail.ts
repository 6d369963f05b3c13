import type { Explanation } from '../../app/watch/explain-calculation.ts'
import type { RunProgress } from '../../app/watch/run-progress.ts'
import type { StepResult } from '../../workflow/step-result.ts'
import type { CalculationRow } from '../../web/calculation-row.ts'
import { clockWords, timeWords } from './row-words.ts'
import { barOf, logSparkline, sparkline } from './sparkline.ts'
import { stateSigns } from './state-signs.ts'
import { span, type Line } from './styled-line.ts'
import { padTo } from './text-width.ts'

/** What the store says about one calculation beside its row. */
export interface WatchedDetail {
  readonly id: string
  readonly explanation: Explanation
  readonly result: StepResult | undefined
}

/** One calculation on a page of its own, as far as it is known. */
export function detailLines(row: CalculationRow, progress: RunProgress | undefined, detail: WatchedDetail | undefined, notice: string | undefined, isAscii: boolean): readonly Line[] {
  const { sign, ascii, style } = stateSigns[row.state]
  const since = `since ${clockWords(row.updatedMs)}`
  return [
    [span(` ${isAscii ? ascii : sign} `, style), span(row.id, 'strong'), span(`  ${row.state}`, style), span(` ${since}`, 'dim')],
    [],
    ...facts(row, notice),
    ...(progress === undefined ? [] : progressLines(progress, row.state === 'running', isAscii)),
    ...(detail === undefined ? [[span(' …', 'dim')]] : [...resultLines(detail.result), ...historyLines(detail.explanation)]),
    ...(progress === undefined || progress.lastLines.length === 0 ? [] : [title(`Last lines of vasp.out, ${clockWords(progress.at)}`), ...progress.lastLines.map((text): Line => [span(`   ${text}`)])]),
  ]
}

function facts({ site, attempt, nativeId, failure, reason }: CalculationRow, notice: string | undefined): readonly Line[] {
  return [
    fact('site', site),
    ...(attempt === 0 ? [] : [fact('attempt', `${attempt}${nativeId === null ? '' : `, job ${nativeId}`}`)]),
    ...(failure === null ? [] : [fact('failure', failure.message, 'red'), fact('what to do', failure.remedy)]),
    ...(notice === undefined ? [] : [fact('queue', notice, 'yellow')]),
    ...(failure !== null || reason === '' ? [] : [fact('last move', reason)]),
    [],
  ]
}

function progressLines(progress: RunProgress, isRunning: boolean, isAscii: boolean): readonly Line[] {
  const { ionicSteps, mostIonicSteps, scf, steps, maxForceEvPerAngstrom: force, forceCriterionEvPerAngstrom: limit, secondsLeft, stop } = progress
  const energies = steps.map(({ energySigmaToZeroEv }) => energySigmaToZeroEv)
  const changes = steps.map(({ energyChangeEv }) => energyChangeEv)
  const range = steps.length === 0 ? '' : `steps ${steps[0]?.step ?? ''} to ${steps.at(-1)?.step ?? ''}`
  return [
    title(isRunning ? 'Convergence' : `Convergence, as last seen at ${clockWords(progress.at)}`),
    ...(mostIonicSteps === null ? [] : [fact('ionic steps', `${barOf(ionicSteps, mostIonicSteps, 20, isAscii)} ${ionicSteps} of at most ${mostIonicSteps}`)]),
    ...(energies.length === 0 ? [] : [fact('E0', `${sparkline(energies, isAscii)}  ${energies.at(-1)?.toFixed(4) ?? '?'} eV  ${range}`)]),
    ...(changes.filter((change) => change !== null).length < 2 ? [] : [fact('log |dE|', `${logSparkline(changes, isAscii)}  ${changes.at(-1)?.toExponential(1) ?? '?'} eV`)]),
    ...(steps.length < 2 ? [] : [fact('SCF per step', `${sparkline(steps.map(({ scfSteps }) => scfSteps), isAscii)}  ${steps.at(-1)?.scfSteps ?? ''} in the last`)]),
    ...(force === null ? [] : [fact('largest force', `${force.toFixed(3)} eV/Å${limit === null ? '' : `, to reach ${limit}`}`, limit !== null && force <= limit ? 'green' : 'plain')]),
    ...(scf === null || !isRunning ? [] : [fact('SCF now', `${barOf(scf.step, scf.most, 20, isAscii)} ${scf.step} of at most ${scf.most}${scf.lastChangeEv === null ? '' : `, dE ${scf.lastChangeEv.toExponential(1)} eV, to reach ${scf.criterionEv.toExponential(0)}`}`)]),
    ...(secondsLeft === null || !isRunning ? [] : [fact('time left', `${timeWords(secondsLeft)} at ${clockWords(progress.at)}`)]),
    ...(stop === null ? [] : [fact('told to stop', stop.reason, 'yellow')]),
    [],
  ]
}

function resultLines(result: StepResult | undefined): readonly Line[] {
  if (result === undefined) return []
  const energy = result.energies.energySigmaToZeroEv
  return [
    title('Result'),
    fact('method', result.method, result.method === 'rehearsal' ? 'yellow' : 'plain'),
    fact('run', `${result.runState}, ${result.ionicStepCount} ionic steps`),
    fact('E0', energy === null ? 'not read' : `${energy.toFixed(6)} eV`),
    ...(result.maxForceEvPerAngstrom === null ? [] : [fact('largest force', `${result.maxForceEvPerAngstrom.toFixed(4)} eV/Å`)]),
    [],
  ]
}

function historyLines({ attempts, next }: Explanation): readonly Line[] {
  const told = attempts.flatMap(({ attempt, site, ended, coreHours, changes, found, decided }): readonly Line[] => [
    [span(`   attempt ${attempt} on ${site} ${ended}${coreHours === null ? '' : `, ${coreHours.toFixed(2)} core-hours`}`)],
    ...[...changes.map((text) => `changed  ${text}`), ...found.map((text) => `found    ${text}`), ...decided.map((text) => `then     ${text}`)].map((text): Line => [span(`     ${text}`, 'dim')]),
  ])
  const todo = next.map((text): Line => [span(`   ${text}`)])
  return [...(told.length === 0 ? [] : [title('Attempts'), ...told, []]), ...(todo.length === 0 ? [] : [title('What to do'), ...todo, []])]
}

function title(words: string): Line {
  return [span(` ${words}`, 'strong')]
}

function fact(name: string, words: string, style: 'plain' | 'red' | 'yellow' | 'green' = 'plain'): Line {
  return [span(`   ${padTo(name, 14)} `, 'dim'), span(words, style)]
}
