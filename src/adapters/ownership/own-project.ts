import { mkdir, realpath } from 'node:fs/promises'
import { exclusiveLock, type ExclusiveLock } from './exclusive-lock.ts'
import { hostIdentity, isVisibleFrom, type HostIdentity } from './host-identity.ts'
import { readOwner, removeOwner, writeOwner } from './owner-record.ts'
import { ProjectOwnedElsewhereError, ProjectOwnedError } from './ownership-errors.ts'
import { projectKey } from './project-key.ts'

/** Proof that this process alone works on the folder; the embedded database asks for it before it opens a file. */
export interface OwnedProject {
  /** Real path of the folder. */
  readonly folder: string
  /** Name of the project on this machine, see `projectKey`. */
  readonly key: string
  release(): Promise<void>
}

export interface OwnOptions {
  /** The user vouches that the owner on the other machine is gone. */
  readonly takeOver?: boolean
}

/**
 * Becomes the only process that works on a project folder, which is made when it is missing.
 *
 * Freed by `release` and by every death of the process.
 *
 * @throws ProjectOwnedError when a process of this machine has it
 * @throws ProjectOwnedElsewhereError when a record of another machine lies in the folder and `takeOver` is not given
 */
export async function ownProject(folder: string, options: OwnOptions = {}): Promise<OwnedProject> {
  await mkdir(folder, { recursive: true })
  const path = await realpath(folder)
  const key = await projectKey(path)
  const lock = await exclusiveLock(path, key)
  if (lock === undefined) throw new ProjectOwnedError(path, (await readOwner(path))?.pid)
  try {
    const here = await hostIdentity()
    await refuseOtherHost(path, here, options.takeOver === true)
    await writeOwner(path, { ...here, pid: process.pid, since: new Date().toISOString() })
  } catch (error) {
    await lock.release()
    throw error
  }
  return { folder: path, key, release: () => releaseOnce(path, lock) }
}

async function refuseOtherHost(folder: string, here: HostIdentity, takeOver: boolean): Promise<void> {
  const owner = await readOwner(folder)
  if (owner === undefined || takeOver || isVisibleFrom(here, owner)) return
  throw new ProjectOwnedElsewhereError(folder, owner)
}

async function releaseOnce(folder: string, lock: ExclusiveLock): Promise<void> {
  if ((await readOwner(folder))?.pid === process.pid) await removeOwner(folder)
  await lock.release()
}
