import { KnownError } from '../../base/known-error.ts'

/** Numbers of the stand-in were to enter a set that a potential is trained on. */
export class RehearsalExportError extends KnownError {
  readonly code = 'REHEARSAL_EXPORT'
  readonly remedy = 'Run the screen with VASP, or add --allow-rehearsal to try the format: every frame then says rehearsal=T.'
  constructor(screen: string) {
    super(`The energies and forces of ${screen} are from a rehearsal: a potential would be trained on a stand-in.`)
  }
}

/** Outputs of the stand-in were to enter a public database. */
export class RehearsalUploadError extends KnownError {
  readonly code = 'REHEARSAL_UPLOAD'
  readonly remedy = 'Run the screen with VASP, or add --allow-rehearsal to try the format: its name and every entry then say rehearsal.'
  constructor(screen: string) {
    super(`Runs of ${screen} are from a rehearsal: a database of calculations would take them for DFT.`)
  }
}

export class NothingToExportError extends KnownError {
  readonly code = 'NOTHING_TO_EXPORT'
  readonly remedy: string
  constructor(screen: string, what: string, remedy: string) {
    super(`Screen ${screen} has no ${what} to export.`)
    this.remedy = remedy
  }
}

/** A file that should have been harmless holds a PAW dataset. */
export class LicensedContentError extends KnownError {
  readonly code = 'LICENSED_CONTENT'
  readonly remedy = 'Take the dataset out of the file; what VASP writes by itself holds none.'
  constructor(file: string) {
    super(`${file} of a run holds PAW data, which the licence of VASP keeps from being passed on.`)
  }
}
