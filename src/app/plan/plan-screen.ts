import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { expandScreen } from '../../workflow/expand/expand-screen.ts'
import type { Plan } from '../../workflow/plan.ts'
import { readScreen } from '../../workflow/screen/read-screen.ts'
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
  const screen = site === undefined ? read : { ...read, site }
  const host = await readHost(resolve(dirname(file), screen.host.file), screen.host.block)
  return { plan: expandScreen(screen, host), source: { file, text } }
}
