import { KnownError } from '../../base/known-error.ts'
import type { CalculationRecord } from '../../ports/store.ts'

export class NoFolderError extends KnownError {
  readonly code = 'NO_FOLDER'
  readonly remedy: string
  constructor({ id, reusedFrom }: Pick<CalculationRecord, 'id' | 'reusedFrom'>) {
    super(`${id} has no folder.`)
    this.remedy = reusedFrom === null ? 'Run its screen: it gets one when it is submitted.' : `Ask for ${reusedFrom}, whose result it took.`
  }
}

/** Where the files of the last attempt are. @throws NoFolderError */
export function folderOf(calculation: CalculationRecord): string {
  if (calculation.remoteFolder === null) throw new NoFolderError(calculation)
  return calculation.remoteFolder
}
