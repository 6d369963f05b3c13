import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { Transport } from '../../ports/transport.ts'
import { folderSums, remoteChecksums, telling, type FolderSums } from './remote-checksums.ts'

/** A file of an attempt that is not what it was when `dopant` last saw it. */
export interface HandEdit {
  readonly name: string
  readonly what: 'input' | 'output'
  readonly how: 'changed' | 'removed' | 'new'
  /** As it is now; null when it is not there. */
  readonly sha256: string | null
}

export class InputsEditedError extends KnownError {
  readonly code = 'INPUTS_EDITED'
  readonly remedy: string
  constructor(id: string, names: readonly string[]) {
    super(`Somebody changed ${names.join(', ')} of ${id} after it was sent: its result is not what the plan asks for.`)
    this.remedy = decideWords(id)
  }
}

export class RerunByHandError extends KnownError {
  readonly code = 'RERUN_BY_HAND'
  readonly remedy: string
  constructor(id: string, names: readonly string[]) {
    super(`Somebody ran VASP again in the folder of ${id} after its job had ended: ${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} not what the job left.`)
    this.remedy = decideWords(id)
  }
}

function decideWords(id: string): string {
  return `Look at it with \`dopant adopt ${id}\`; then adopt the run as it is with --accept, or run it as planned with --reject.`
}

/**
 * @throws InputsEditedError, RerunByHandError when the folder of an attempt that has ended is not as its own job left it, and nobody
 * has vouched for that
 */
export async function refuseHandEdits(transport: Transport, attempt: AttemptRecord): Promise<void> {
  const { calculationId: id, inputSha256, remoteFolder, adopted } = attempt
  if (inputSha256 === null || remoteFolder === null) return
  const now = await folderSums(transport, remoteFolder, Object.keys(inputSha256))
  const edits = inputEdits(attempt, now)
  if (edits.length > 0) throw new InputsEditedError(id, edits.map(({ name }) => name))
  const isVouchedFor = adopted?.isRerun === true && adopted.outputSha256 === undefined
  const changed = telling.filter((name) => now?.changedSinceEnd?.has(name) === true)
  if (changed.length === 0 || isVouchedFor) return
  const sums = adopted === null ? undefined : await remoteChecksums(transport, remoteFolder, changed)
  const strange = changed.filter((name) => sums === undefined || sums.get(name) !== adopted?.outputSha256?.[name])
  if (strange.length > 0) throw new RerunByHandError(id, strange)
}

/** Everything in an attempt's folder that is not what was sent, what was read of it, or what its job left; asks the site once. */
export async function handEdits(transport: Transport, attempt: AttemptRecord): Promise<readonly HandEdit[]> {
  if (attempt.remoteFolder === null) return []
  const now = await folderSums(transport, attempt.remoteFolder, [...Object.keys(attempt.inputSha256 ?? {}), ...telling])
  return [...inputEdits(attempt, now), ...outputEdits(attempt, now)]
}

/**
 * Compares the inputs on the site with what was sent and with what a person has vouched for since. A folder that is gone, or
 * where nothing is left of what was sent, says nothing about edits.
 */
function inputEdits({ inputSha256, adopted }: AttemptRecord, now: FolderSums | undefined): readonly HandEdit[] {
  const names = Object.keys(inputSha256 ?? {})
  if (now === undefined || names.every((name) => !now.sha256.has(name))) return []
  return names.flatMap((name): HandEdit[] => {
    const sha256 = now.sha256.get(name) ?? null
    const isKnown = sha256 === inputSha256?.[name] || sha256 === adopted?.inputSha256[name]
    return isKnown ? [] : [{ name, what: 'input', how: sha256 === null ? 'removed' : 'changed', sha256 }]
  })
}

/** Compares what lies there with what was read of it; where it was not read, with what the job left at its end. */
function outputEdits({ outputs, adopted }: AttemptRecord, now: FolderSums | undefined): readonly HandEdit[] {
  return telling.flatMap((name): HandEdit[] => {
    const sha256 = now?.sha256.get(name) ?? null
    if (sha256 === null || sha256 === adopted?.outputSha256?.[name]) return []
    const read = outputs?.[name]?.sha256
    const isAsLeft = read === undefined ? now?.changedSinceEnd?.has(name) === false : sha256 === read
    if (isAsLeft) return []
    const isNew = read === undefined && now?.changedSinceEnd === undefined
    return [{ name, what: 'output', how: isNew ? 'new' : 'changed', sha256 }]
  })
}

/** What a result's row says once the changes were adopted. */
export function adoptedFlags({ adopted }: Pick<AttemptRecord, 'adopted'>): readonly string[] {
  if (adopted === null) return []
  const names = Object.keys(adopted.inputSha256)
  const edited = names.length === 0 ? [] : [`${names.join(', ')} edited by hand, adopted ${adopted.at.slice(0, 10)}`]
  return adopted.isRerun ? [...edited, `run again by hand, adopted ${adopted.at.slice(0, 10)}`] : edited
}
