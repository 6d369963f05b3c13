import { join } from 'node:path'

/** The folder within a project for what `dopant` keeps there; its database may lie elsewhere, see `placeStateFolder`. */
export function stateFolderOf(projectFolder: string): string {
  return join(projectFolder, '.dopant')
}
