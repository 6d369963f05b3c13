import type { AttemptOrigin, AttemptRecord, OutputFile } from '../../ports/attempt.ts'
import type { Objects } from '../../ports/objects.ts'
import { CalculationUnknownError } from '../../ports/store-errors.ts'
import type { Store } from '../../ports/store.ts'
import { keptResult } from '../../workflow/kept-result.ts'
import type { StepResult } from '../../workflow/step-result.ts'

/** A value of a result with the file that says it. */
export interface ValueOrigin {
  readonly value: string
  readonly file: string
  /** Null for results that were read before files were kept. */
  readonly output: OutputFile | null
}

/** Where the numbers of one calculation come from, back to what was sent; `startsFrom` is told in a link of its own. */
export interface ProvenanceLink {
  readonly id: string
  readonly screenName: string
  /** Its numbers are those of this calculation, which ran with the same inputs. */
  readonly reusedFrom: string | null
  readonly values: readonly ValueOrigin[]
  /** The attempt whose files were read. */
  readonly attempt: Pick<AttemptRecord, 'attempt' | 'site' | 'remoteFolder' | 'nativeId' | 'startedAt' | 'endedAt' | 'inputSha256' | 'adopted'> | null
  /** Of all attempts up to it. */
  readonly corrections: readonly { readonly attempt: number; readonly symptom: string; readonly class: string; readonly reason: string }[]
  readonly origin: AttemptOrigin | null
  readonly startsFrom: string | null
}

/**
 * The chain behind a result, from the calculation itself to the first that started from a built structure.
 *
 * @throws CalculationUnknownError
 */
export async function provenanceChain(store: Store, id: string): Promise<readonly ProvenanceLink[]> {
  const links: ProvenanceLink[] = []
  let next: string | null = id
  while (next !== null && !links.some((link) => link.id === next)) {
    const link: ProvenanceLink = await linkOf(store, next)
    links.push(link)
    next = link.reusedFrom ?? link.startsFrom
  }
  return links
}

async function linkOf(store: Store, id: string): Promise<ProvenanceLink> {
  const calculation = await store.calculation(id)
  if (calculation === undefined) throw new CalculationUnknownError(id)
  const record = await store.result(id)
  const attempts = await store.attempts(id)
  const read = record === undefined ? undefined : attempts.find(({ attempt }) => attempt === record.attempt)
  const upTo = attempts.filter(({ attempt }) => read !== undefined && attempt <= read.attempt)
  const { start } = calculation.plan
  return {
    id,
    screenName: calculation.screenName,
    reusedFrom: calculation.reusedFrom,
    values: record === undefined || calculation.reusedFrom !== null ? [] : valuesOf(keptResult(record), read),
    attempt: read ?? null,
    corrections: upTo.flatMap(({ attempt, corrections }) => corrections.map((each) => ({ attempt, symptom: each.symptom, class: each.class, reason: each.reason }))),
    origin: read?.origin ?? null,
    startsFrom: start.kind === 'structure' ? null : start.from,
  }
}

function valuesOf(result: StepResult, attempt: AttemptRecord | undefined): readonly ValueOrigin[] {
  const from = (value: string, file: string): ValueOrigin => ({ value, file, output: attempt?.outputs?.[file] ?? null })
  const energy = result.energies.energySigmaToZeroEv
  return [
    ...(energy === null ? [] : [from(`energy (σ→0) ${energy.toFixed(6)} eV`, 'OUTCAR')]),
    ...(result.maxForceEvPerAngstrom === null ? [] : [from(`largest force ${result.maxForceEvPerAngstrom.toFixed(4)} eV/Å`, 'OUTCAR')]),
    ...(result.momentsMuB === null ? [] : [from(`${result.momentsMuB.length} magnetic moments`, 'OUTCAR')]),
    from(`geometry of ${result.structure.sites.length} atoms`, result.geometryFrom),
    ...(result.bader === null ? [] : [from(`${result.bader.electrons.length} Bader charges`, 'ACF.dat')]),
  ]
}

export interface Verified {
  readonly id: string
  readonly name: string
  readonly sha256: string
  readonly answer: 'whole' | 'missing' | 'damaged'
}

/** Reads every kept file of a chain again and compares it with its checksum. */
export async function verifyChain(store: Store, objects: Objects, chain: readonly ProvenanceLink[]): Promise<readonly Verified[]> {
  const found: Verified[] = []
  for (const { id, attempt } of chain) {
    if (attempt === null) continue
    const record = (await store.attempts(id)).find((each) => each.attempt === attempt.attempt)
    const outputs = Object.entries(record?.outputs ?? {}).filter(([, { isKept }]) => isKept)
    const inputs = record?.origin === null ? [] : Object.entries(record?.inputSha256 ?? {})
    const names = [...inputs, ...outputs.map(([name, { sha256 }]) => [name, sha256] as const)]
    for (const [name, sha256] of names) found.push({ id, name, sha256, answer: await answerOf(objects, sha256) })
  }
  return found
}

async function answerOf(objects: Objects, sha256: string): Promise<Verified['answer']> {
  try {
    return (await objects.get(sha256)) === undefined ? 'missing' : 'whole'
  } catch {
    return 'damaged'
  }
}
