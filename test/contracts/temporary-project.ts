import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryProject {
  /** Its `.dopant` folder, not yet made. */
  readonly folder: string
  remove(): Promise<void>
}

export async function temporaryProject(): Promise<TemporaryProject> {
  const root = await mkdtemp(join(tmpdir(), 'dopant-test-'))
  return { folder: join(root, '.dopant'), remove: () => rm(root, { recursive: true, force: true }) }
}
