import { createOszicarReader, type Oszicar } from '../../vasp/output/oszicar.ts'
import { readIncar, type Incar } from '../../vasp/input/incar.ts'
import type { RunProgress, WatchedStep } from './run-progress.ts'

/** What is known of the job besides its files. */
export interface WatchedJob {
  /** By the site's clock, ISO 8601; undefined when it has not told its start. */
  readonly startedAt: string | undefined
  /** Undefined where nothing ends a job. */
  readonly walltimeSeconds: number | undefined
  readonly before: RunProgress | undefined
}

/** VASP's own, for an INCAR that does not say. */
const defaults = { NELM: 60, EDIFF: 1e-4 }

/** Progress from the lines of the site's script; undefined when it says nothing. */
export function readProgress(lines: readonly string[], job: WatchedJob): RunProgress | undefined {
  const nowSeconds = numberOf(lines, 'now')
  if (nowSeconds === undefined) return undefined
  const incar = watchedIncar(lines)
  const scf = wordsOf(lines, 'scf')[0]
  const grewSeconds = numberOf(lines, 'grew')
  const NSW = incar['NSW']
  const EDIFFG = incar['EDIFFG']
  const loops = [numberOf(lines, 'loop'), job.before?.longestStepSeconds].filter((each) => typeof each === 'number')
  const startedSeconds = job.startedAt === undefined ? undefined : Date.parse(job.startedAt) / 1000
  const hasEnd = startedSeconds !== undefined && job.walltimeSeconds !== undefined
  return {
    at: new Date(nowSeconds * 1000).toISOString(),
    ionicSteps: numberOf(lines, 'steps') ?? 0,
    mostIonicSteps: typeof NSW === 'number' && NSW > 0 ? NSW : null,
    scf: scf === undefined || scf[0] === '0' ? null : loopOf(scf, incar),
    steps: stepsOf(lines),
    maxForceEvPerAngstrom: numberOf(lines, 'force') ?? null,
    forceCriterionEvPerAngstrom: typeof EDIFFG === 'number' && EDIFFG < 0 ? -EDIFFG : null,
    longestStepSeconds: loops.length === 0 ? null : Math.max(...loops),
    secondsSinceOutput: grewSeconds === undefined ? null : Math.max(0, nowSeconds - grewSeconds),
    secondsLeft: hasEnd ? startedSeconds + (job.walltimeSeconds ?? 0) - nowSeconds : null,
    lastLines: lines.filter((line) => line.startsWith('says ')).map((line) => line.slice('says '.length)),
    stop: job.before?.stop ?? null,
  }
}

/** NSW, NELM, EDIFF and EDIFFG as the attempt was sent with. */
export function watchedIncar(lines: readonly string[]): Incar {
  const text = lines.filter((line) => line.startsWith('incar ')).map((line) => line.slice('incar '.length))
  return readIncar(text.join('\n')).incar
}

/** The last ionic steps as a reader of the whole OSZICAR would have seen them. */
export function watchedOszicar(lines: readonly string[]): Oszicar {
  const ionicSteps = wordsOf(lines, 'step').map((words) => {
    const [scfSteps = '0', change = ''] = words
    const reader = createOszicarReader()
    reader.push(Buffer.from(` ${words.slice(2).join(' ').padStart(12)}\n`, 'latin1'))
    const lastEnergyChangeEv = finite(change)
    const step = reader.finish().ionicSteps[0]
    return { ...step, scfSteps: Number(scfSteps), ...(lastEnergyChangeEv === undefined ? {} : { lastEnergyChangeEv }) }
  })
  return { ionicSteps, unfinishedScfSteps: Number(wordsOf(lines, 'scf')[0]?.[0] ?? 0), linesRead: lines.length }
}

function stepsOf(lines: readonly string[]): readonly WatchedStep[] {
  const done = numberOf(lines, 'steps') ?? 0
  const { ionicSteps } = watchedOszicar(lines)
  return ionicSteps.map((step, i) => ({
    step: done - ionicSteps.length + i + 1,
    energySigmaToZeroEv: step.energySigmaToZeroEv ?? null,
    energyChangeEv: step.energyChangeEv ?? null,
    scfSteps: step.scfSteps,
  }))
}

function loopOf([count = '0', change = '']: readonly string[], incar: Incar): RunProgress['scf'] {
  const { NELM, EDIFF } = incar
  return {
    step: Number(count),
    most: typeof NELM === 'number' ? NELM : defaults.NELM,
    lastChangeEv: finite(change) ?? null,
    criterionEv: typeof EDIFF === 'number' ? EDIFF : defaults.EDIFF,
  }
}

function wordsOf(lines: readonly string[], name: string): readonly (readonly string[])[] {
  return lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).split(/ /))
}

function numberOf(lines: readonly string[], name: string): number | undefined {
  return finite(wordsOf(lines, name)[0]?.[0] ?? '')
}

function finite(word: string): number | undefined {
  const value = Number(word)
  return word === '' || !Number.isFinite(value) ? undefined : value
}
