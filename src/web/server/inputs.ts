import { isKnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'
import { writeIncarValue } from '../../vasp/input/incar-value.ts'
import { readIncar, type Incar } from '../../vasp/input/incar.ts'
import type { InputChange, InputsAnswer } from '../calculation-api.ts'
import { attemptFolder, tailOf } from './attempt-folder.ts'
import type { DashboardParts } from './dashboard-parts.ts'

const mostBytes = 256 * 1024

interface Inputs {
  readonly incar: string
  readonly kpoints: string
  readonly script: string
  readonly poscar: string
}

/** What an attempt was sent with, compared with the attempt before it: tags by name, everything else by its lines. */
export async function readInputs(parts: DashboardParts, calculation: CalculationRecord, attempt = calculation.attempt): Promise<InputsAnswer> {
  const own = await inputsOf(parts, calculation, attempt)
  if (attempt <= 1) return { attempt, comparedWith: null, changes: [], incar: own.incar }
  const before = await inputsOf(parts, calculation, attempt - 1)
  const changes = [
    ...tagChanges(before.incar, own.incar),
    ...lineChanges('KPOINTS', before.kpoints, own.kpoints),
    ...(before.poscar === own.poscar ? [] : [{ file: 'POSCAR', what: 'positions', before: 'as sent before', after: 'another geometry' }]),
    ...lineChanges('job.sh', scriptCore(before.script), scriptCore(own.script)),
  ]
  return { attempt, comparedWith: attempt - 1, changes, incar: own.incar }
}

async function inputsOf(parts: DashboardParts, calculation: CalculationRecord, attempt: number): Promise<Inputs> {
  const place = await attemptFolder(parts, calculation, attempt)
  const [incar, kpoints, script, poscar] = await Promise.all(['INCAR', 'KPOINTS', 'job.sh', 'POSCAR'].map((name) => tailOf(place, name, mostBytes)))
  return { incar: incar ?? '', kpoints: kpoints ?? '', script: script ?? '', poscar: poscar ?? '' }
}

function tagChanges(before: string, after: string): readonly InputChange[] {
  const [old, fresh] = [tagsOf(before), tagsOf(after)]
  const tags = [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
  return tags.flatMap((tag) => {
    const [was, is] = [valueText(old, tag), valueText(fresh, tag)]
    return was === is ? [] : [{ file: 'INCAR', what: tag, before: was, after: is }]
  })
}

function tagsOf(text: string): Incar {
  try {
    return readIncar(text).incar
  } catch (error) {
    if (!isKnownError(error)) throw error
    return {}
  }
}

function valueText(incar: Incar, tag: string): string | null {
  const value = incar[tag]
  return value === undefined ? null : writeIncarValue(value)
}

/** Every attempt has a name, a number and a folder of its own, which say nothing about its inputs. */
function scriptCore(script: string): string {
  return script
    .split('\n')
    .map((line) => line.replaceAll(/attempt[- ]\d+/g, 'attempt'))
    .filter((line) => !/--job-name|^#(?:PBS|\$|BSUB) -[NJ] |^token=/.test(line))
    .join('\n')
}

/** Lines that only one of them has, in their order. */
function lineChanges(file: string, before: string, after: string): readonly InputChange[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const gone = old.filter((line) => line.trim() !== '' && !fresh.includes(line))
  const come = fresh.filter((line) => line.trim() !== '' && !old.includes(line))
  const count = Math.min(40, Math.max(gone.length, come.length))
  return Array.from({ length: count }, (_, n) => ({ file, what: 'line', before: gone[n] ?? null, after: come[n] ?? null }))
}
