import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { expandScreen } from '../../workflow/expand/expand-screen.ts'
import type { Plan } from '../../workflow/plan.ts'
import type { Structure } from '../../structure/structure.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
import type { Screen } from '../../workflow/screen/screen-schema.ts'
import { FileMissingError } from '../files/file-missing.ts'
import { readHost } from './read-host.ts'

export interface PlannedScreen {
  readonly plan: Plan
  readonly source: { readonly file: string; readonly text: string }
}

/**
 * Reads a screen file and its host and works out every calculation.
 *
 * @param site replaces the screen's own choice
 */
export async function planScreen(file: string, site?: string): Promise<PlannedScreen> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' || cause.code === 'EISDIR' ? new FileMissingError(file, 'screen file') : cause
  })
  const read = readScreen(text, file)
  const screen = site === undefined ? read : { ...read, site, sites: undefined }
  const host = await readHost(resolve(dirname(file), screen.host.file), screen.host.block)
  const references = await readReferences(screen, dirname(file))
  const budget = screen.budget === undefined ? {} : { budgetCoreHours: screen.budget.coreHours }
  return { plan: { ...expandScreen(screen, host, references), ...budget }, source: { file, text } }
}

/** Structures of the references that name a file. @throws FileMissingError, HostUnreadableError */
async function readReferences({ references }: Screen, folder: string): Promise<ReadonlyMap<string, Structure>> {
  const entries = references.flatMap((rule) => (typeof rule === 'string' ? [] : [rule]))
  const read = entries.map(async ({ name, file, block }) => [name, await readHost(resolve(folder, file), block)] as const)
  return new Map(await Promise.all(read))
}
