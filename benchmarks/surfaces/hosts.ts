import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readCif } from '../../src/structure/cif/read-cif.ts'
import type { Structure } from '../../src/structure/structure.ts'
import type { HostSurfaces } from './pairs.ts'

const repository = resolve(import.meta.dirname, '../..')

/** The collection of public CIFs, which is not part of the repository: DOPANT_CIFS, or ../shared/cifs. */
export const cifFolder = resolve(repository, process.env['DOPANT_CIFS'] ?? '../shared/cifs')

export function readHost({ file, from }: Pick<HostSurfaces, 'file' | 'from'>): Structure | undefined {
  const path = join(from === 'cifs' ? cifFolder : resolve(repository, 'structures'), file)
  return existsSync(path) ? readCif(readFileSync(path, 'utf8')).structure : undefined
}
