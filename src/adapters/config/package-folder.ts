import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package, from a checkout or from the installed files. */
export function packageFolder(): string {
  let folder = import.meta.dirname
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}
