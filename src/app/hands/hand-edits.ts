import { KnownError } from '../../base/known-error.ts'
import type { AttemptRecord } from '../../ports/attempt.ts'
import type { Transport } from '../../ports/transport.ts'
import { remoteChecksums } from './remote-checksums.ts'

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
    this.remedy = `Look at it with \`dopant adopt ${id}\`; then adopt the run as it is with --accept, or run it as planned with --reject.`
  }
}

/**
 * Compares the inputs on the site with what was sent and with what a person has vouched for since. A folder that is gone, or
 * where nothing is left of what was sent, says nothing about edits.
 */
export async function inputEdits(transport: Transport, attempt: AttemptRecord): Promise<readonly HandEdit[]> {
  const { inputSha256, remoteFolder, adopted } = attempt
  if (inputSha256 === null || remoteFolder === null) return []
  const names = Object.keys(inputSha256)
  const now = await remoteChecksums(transport, remoteFolder, names)
  if (now === undefined || now.size === 0) return []
  return names.flatMap((name): HandEdit[] => {
    const sha256 = now.get(name) ?? null
    const isKnown = sha256 === inputSha256[name] || sha256 === adopted?.inputSha256[name]
    return isKnown ? [] : [{ name, what: 'input', how: sha256 === null ? 'removed' : 'changed', sha256 }]
  })
}

/** Files that show whether VASP ran again after its results were read. */
const telling = ['OUTCAR', 'CONTCAR', 'OSZICAR'] as const

/** Compares what a run left with what was read of it. */
export async function outputEdits(transport: Transport, attempt: AttemptRecord): Promise<readonly HandEdit[]> {
  if (attempt.remoteFolder === null) return []
  const now = await remoteChecksums(transport, attempt.remoteFolder, telling)
  if (now === undefined) return []
  return telling.flatMap((name): HandEdit[] => {
    const before = attempt.outputs?.[name]?.sha256 ?? null
    const sha256 = now.get(name) ?? null
    if (sha256 === null || sha256 === before) return []
    return [{ name, what: 'output', how: before === null ? 'new' : 'changed', sha256 }]
  })
}

/** What a result's row says once the changes were adopted. */
export function adoptedFlags({ adopted }: Pick<AttemptRecord, 'adopted'>): readonly string[] {
  if (adopted === null) return []
  const names = Object.keys(adopted.inputSha256)
  const edited = names.length === 0 ? [] : [`${names.join(', ')} edited by hand, adopted ${adopted.at.slice(0, 10)}`]
  return adopted.isRerun ? [...edited, `run again by hand, adopted ${adopted.at.slice(0, 10)}`] : edited
}
