import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A folder of public files that is not part of the repository; undefined, with a printed reason, when it is not there. */
export function sharedFolder(name: 'corpus' | 'cifs' | 'structures'): string | undefined {
  const variable = `DOPANT_${name.toUpperCase()}`
  const folder = resolve(root, process.env[variable] ?? `../shared/${name}`)
  if (existsSync(folder)) return folder
  console.warn(`skipped: no folder ${folder}; set ${variable} to test against it`)
  return undefined
}
