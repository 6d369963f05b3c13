import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/base/seeded-random.ts'
import type { AttemptRecord } from '../../src/ports/attempt.ts'
import type { CalculationRecord, Store } from '../../src/ports/store.ts'
import { readIncar } from '../../src/vasp/input/incar.ts'

/** A failure that is asked for, and on how many attempts in a row. */
export interface BadDay {
  readonly fault: string
  readonly attempts: number
  /** Must somebody mend the world, or decide, before it goes on? */
  readonly needsPerson?: boolean
  /** Does the run come to its end all the same? */
  readonly survives?: boolean
  readonly onlyFor?: 'relax' | 'static'
  /** Its attempts are not counted on: a job that avoids both nodes of a bed is refused, and that attempt never runs. */
  readonly isAlone?: boolean
  /** What befalls the same calculation once this one is over. */
  readonly next?: BadDay
}

/** Of every kind that a machine, a batch system or VASP itself has: all that the rehearsal can perform. */
export const badDays: readonly BadDay[] = [
  { fault: 'walltime@4', attempts: 3, onlyFor: 'relax' },
  { fault: 'killed-mid-step@3', attempts: 1 },
  { fault: 'out-of-memory@2', attempts: 2 },
  { fault: 'segfault@4', attempts: 1, onlyFor: 'relax' },
  { fault: 'node-failure@3', attempts: 2, isAlone: true },
  { fault: 'preempted@3', attempts: 3 },
  { fault: 'broken-contcar@3', attempts: 1, onlyFor: 'relax' },
  { fault: 'hang@3', attempts: 1, onlyFor: 'relax' },
  { fault: 'segfault-at-start', attempts: 1 },
  { fault: 'message:licence_error', attempts: 1 },
  { fault: 'scf-not-converged', attempts: 2 },
  { fault: 'message:zbrent@3', attempts: 2, onlyFor: 'relax' },
  { fault: 'message:brmix@2', attempts: 1 },
  { fault: 'message:edddav@2', attempts: 2 },
  { fault: 'message:zheev@2', attempts: 1 },
  { fault: 'message:too_few_bands@1', attempts: 1 },
  { fault: 'message:nbands_not_sufficient@1', attempts: 1 },
  { fault: 'message:rhosyg', attempts: 2 },
  { fault: 'message:posmap', attempts: 1 },
  { fault: 'message:ksymm', attempts: 1 },
  { fault: 'message:zpotrf@2', attempts: 1 },
  { fault: 'message:pssyevx@2', attempts: 1 },
  { fault: 'message:grad_not_orth@2', attempts: 1 },
  { fault: 'message:coef', attempts: 1 },
  { fault: 'disk-full@2', attempts: 1, needsPerson: true },
  { fault: 'missing-potcar', attempts: 1, needsPerson: true },
  { fault: 'message:module_error', attempts: 1, needsPerson: true },
  { fault: 'message:kernel_missing', attempts: 1, needsPerson: true },
  { fault: 'message:real_optlay@2', attempts: 1, needsPerson: true },
  { fault: 'stopcar-ignored', attempts: 1, onlyFor: 'relax' },
  { fault: 'diverging@2', attempts: 1, onlyFor: 'relax' },
  ...['inv_rot_mat', 'rot_matrix', 'pricel', 'pricelv', 'point_group', 'bravais', 'hnform', 'kpoints_trans', 'ibzkpt', 'mesh_symmetry'].map(message),
  ...['dfpt_ncore', 'elf_kpar', 'pdsyevx@2', 'eddiag@2'].map(message),
  { ...message('fexcf@3'), onlyFor: 'relax' },
  ...['kernel_wrong', 'read_error', 'spin_polarized_harris', 'triple_product', 'set_core_wf', 'rspher', 'nicht_konv@2'].map(decided),
  ...['tet', 'tetirr', 'incorrect_shift', 'lrf_comm'].map(decided),
  ...['amin', 'algo_tet', 'auto_nbands', 'subspacematrix@2'].map(survived),
  { ...survived('brions@3'), onlyFor: 'relax' },
  { fault: 'message:eddrmm@2', attempts: 1, survives: true },
  { fault: 'message:dentet@2', attempts: 1, survives: true },
  { fault: 'message:aliasing', attempts: 1, survives: true },
  { fault: 'spin-flip', attempts: 1, survives: true },
]

function message(key: string): BadDay {
  return { fault: `message:${key}`, attempts: 1 }
}

function decided(key: string): BadDay {
  return { ...message(key), needsPerson: true }
}

function survived(key: string): BadDay {
  return { ...message(key), survives: true }
}

/** What each calculation is asked to suffer; those without an entry are healthy. */
export type FaultPlan = ReadonlyMap<string, BadDay>

/**
 * Every bad day in turn, on calculations drawn by the seed; a third stays healthy. Days that are left over when each has one
 * befall those whose first day ends in another attempt.
 */
export function planFaults(ids: readonly string[], seed: string, days = badDays): FaultPlan {
  const random = seededRandom(seed)
  const drawn = ids
    .map((id) => ({ id, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, Math.ceil((2 * ids.length) / 3))
    .map(({ id }) => id)
  // Those that come to their end all the same can only be alone, or last.
  const left = [...days].sort((a, b) => Number(a.survives ?? false) - Number(b.survives ?? false))
  const take = (id: string): BadDay | undefined => {
    const at = left.findIndex(({ onlyFor }) => onlyFor === undefined || id.endsWith(`/${onlyFor}`))
    return at < 0 ? undefined : left.splice(at, 1)[0]
  }
  const plan = new Map<string, BadDay>()
  for (const id of drawn) {
    if (left.length === 0) left.push(...days)
    const day = take(id)
    if (day !== undefined) plan.set(id, day)
  }
  for (const id of drawn) {
    const first = plan.get(id)
    if (left.length === 0 || drawn.length > days.length || first === undefined || first.survives === true || first.isAlone === true) continue
    const next = take(id)
    if (next !== undefined) plan.set(id, { ...first, next })
  }
  return plan
}

/** A day and what follows it. */
function daysOf(day: BadDay | undefined): readonly BadDay[] {
  return day === undefined ? [] : [day, ...daysOf(day.next)]
}

/** The kinds of a plan, by name. */
export function kindsIn(plan: FaultPlan): ReadonlySet<string> {
  return new Set([...plan.values()].flatMap(daysOf).map(({ fault }) => fault))
}

/** In the words of DOPANT_REHEARSAL_FAIL_PLAN. */
export function faultLines(plan: FaultPlan): string {
  return [...plan]
    .flatMap(([id, day]) => daysOf(day).flatMap(({ fault, attempts }) => Array<string>(attempts).fill(fault)).map((fault, i) => `${id}/attempt-${i + 1} ${fault}`))
    .join('\n')
}

export interface LedgerLine {
  readonly id: string
  readonly state: string
  readonly fault: string | undefined
  readonly attempts: readonly AttemptRecord[]
}

/** What became of every calculation, and everything that is not as it should be, in words. */
export async function auditRepairs(
  store: Store,
  screenName: string,
  faults: FaultPlan,
): Promise<{ readonly lines: readonly LedgerLine[]; readonly problems: readonly string[] }> {
  const calculations = await store.calculations({ screenName })
  const lines = await Promise.all(
    calculations.map(async ({ id, state }) => ({ id, state, fault: daysOf(faults.get(id)).map(({ fault }) => fault).join(', then ') || undefined, attempts: await store.attempts(id) })),
  )
  const problems = [
    ...lines.flatMap((line) => problemsOf(line, faults.get(line.id))),
    ...seriesProblems(calculations),
    ...lines.flatMap(continuationProblems),
  ]
  return { lines, problems }
}

function problemsOf({ id, state, attempts }: LedgerLine, day: BadDay | undefined): readonly string[] {
  const told: string[] = []
  if (state !== 'done') told.push(`${id} is ${state}`)
  const isUntouched = day === undefined || day.survives === true
  if (isUntouched && attempts.length !== 1) told.push(`${id} was healthy and took ${attempts.length} attempts`)
  if (isUntouched && attempts.some(({ corrections }) => corrections.length > 0)) told.push(`${id} was healthy and was corrected`)
  if (day === undefined && attempts.some(({ diagnoses }) => diagnoses.length > 0)) told.push(`${id} was healthy and was diagnosed`)
  const failures = daysOf(day).filter(({ survives }) => survives !== true).reduce((sum, each) => sum + each.attempts, 0)
  if (!isUntouched && attempts.length < failures + 1) told.push(`${id} was to fail ${failures} times, and did not`)
  for (const { attempt, decision, corrections, nativeId, resources } of attempts) {
    // With both nodes of the bed failed, Slurm refuses a job that avoids them; the next may run on any.
    const isRefused = nativeId === null && resources?.avoidNodes !== undefined
    if (isRefused) continue
    if (decision === null || decision.reason === '') told.push(`${id}: nobody says why attempt ${attempt} was followed by another`)
    if (corrections.some(({ reason, source }) => reason === '' || source === '')) told.push(`${id}: a correction of attempt ${attempt} has no reason or source`)
    if (corrections.some((each) => each.class === 'comparability')) told.push(`${id}: attempt ${attempt} changed what the energy means`)
  }
  return told
}

/** What defines the energy of a series; equal in every last INCAR of a step. */
const seriesTags = ['ENCUT', 'PREC', 'ISMEAR', 'SIGMA', 'LREAL', 'GGA', 'LUSE_VDW', 'LDAU', 'LDAUTYPE', 'ISYM', 'ISPIN', 'LASPH', 'ISIF', 'NGX', 'EDIFFG', 'NELECT']

function seriesProblems(calculations: readonly CalculationRecord[]): readonly string[] {
  const groups = new Map<string, string>()
  return calculations.flatMap(({ id, step, remoteFolder }) => {
    if (remoteFolder === null || !existsSync(join(remoteFolder, 'INCAR'))) return [`${id} left no INCAR`]
    const { incar } = readIncar(readFileSync(join(remoteFolder, 'INCAR'), 'utf8'))
    // −1 calculates k and −k, which 0 pairs: the sums are the same.
    const told = incar['ISYM'] === -1 ? { ...incar, ISYM: 0 } : incar
    const meaning = JSON.stringify(seriesTags.map((tag) => told[tag] ?? null))
    const first = groups.get(step) ?? meaning
    groups.set(step, first)
    return first === meaning ? [] : [`${id} does not compare with its series: ${meaning}, not ${first}`]
  })
}

/** An attempt goes on from what the one before it left whole, or from what that one was sent with. */
function continuationProblems({ id, attempts }: LedgerLine): readonly string[] {
  return attempts.flatMap((record, i) => {
    const next = attempts[i + 1]
    if (next?.remoteFolder == null || record.remoteFolder === null) return []
    const started = positionsIn(join(next.remoteFolder, 'POSCAR'))
    const from = record.decision?.start?.geometry === 'contcar' ? 'CONTCAR' : 'POSCAR'
    const left = positionsIn(join(record.remoteFolder, from))
    return started !== undefined && started === left ? [] : [`${id}: attempt ${next.attempt} did not start from the ${from} of the attempt before`]
  })
}

function positionsIn(file: string): string | undefined {
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  const first = lines.findIndex((line) => /^\s*direct/i.test(line)) + 1
  const counts = (lines[6] ?? '').trim().split(/\s+/).map(Number)
  const ions = counts.reduce((sum, count) => sum + count, 0)
  const rows = lines.slice(first, first + ions).map((line) => line.trim().split(/\s+/).slice(0, 3).map((x) => wrapped(Number(x))).join(' '))
  return rows.join('\n')
}

function wrapped(x: number): string {
  return (x - Math.floor(x)).toFixed(8)
}
