import { KnownError } from '../base/known-error.ts'
import { readTenureToken, type TenureOwner } from './tenures.ts'

/** Another copy of the project drives the site; nothing was changed there. Says nothing about any calculation. */
export class SiteOwnedElsewhereError extends KnownError {
  readonly code = 'SITE_OWNED_ELSEWHERE'
  readonly remedy: string
  override readonly exitCode = 3
  constructor(site: string, token: string, here: TenureOwner) {
    const { ownerId, host, since } = readTenureToken(token)
    const why =
      ownerId === here.id
        ? `this store is older than what was done on ${site} since (last by ${host}, ${since})`
        : `${host} drives this project on ${site} since ${since}`
    super(`Nothing was changed on ${site}: ${why}.`)
    this.remedy = `Go on with the newer copy; when it is gone for good, \`dopant take-over --site ${site}\` makes this one the owner.`
  }
}

/** The folder of the project on the site is not there: a file system is away, or was emptied. */
export class WorkFolderGoneError extends KnownError {
  readonly code = 'WORK_FOLDER_GONE'
  readonly remedy: string
  override readonly retryable = true
  override readonly exitCode = 3
  constructor(site: string, folder: string, reason: string) {
    super(`The work folder ${folder} on ${site} cannot be used: ${reason}`)
    this.remedy = `Ask for the file system of ${folder}, or set another workFolder for ${site}; no calculation changes its state meanwhile.`
  }
}
