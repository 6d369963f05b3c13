import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { LabelTakenError, NoRunError } from './import-errors.ts'

/** The folders of one member: its relaxation, its static step … in the order of their names. */
export interface RunFolders {
  readonly label: string
  /** What the member is named after: two of them may not share a label. */
  readonly home: string
  readonly folders: readonly string[]
}

/** Names that people give to the steps of one structure, also numbered: `01-relax`, `static_2`. */
const stepName = /^(\d+[-_.]?)?(relax|relaxation|opt|geo|static|scf|sp|single-?point|dos|bader|charge|band)[-_.]?\d*$/i

/**
 * Sorts folders into members: sub-folders that are named like steps belong to one member, others are members of their own.
 *
 * @param folders absolute
 * @throws NoRunError, LabelTakenError
 */
export function findRuns(folders: readonly string[], label?: string): readonly RunFolders[] {
  const found = folders.flatMap((folder) => {
    const runs = runsBelow(folder)
    if (runs.length === 0) throw new NoRunError(folder)
    return runs
  })
  const homes = [...new Set(found.map(({ home }) => home))]
  if (label !== undefined && homes.length > 1) throw new LabelTakenError(label, `it would name ${homes.length} members`)
  const members = homes.map((home) => ({
    label: label ?? labelOf(home),
    home,
    folders: [...new Set(found.filter((run) => run.home === home).map(({ folder }) => folder))].sort(byName),
  }))
  members.forEach((member, n) => {
    const other = members.slice(0, n).find((each) => each.label === member.label)
    if (other !== undefined) throw new LabelTakenError(member.label, `both ${other.home} and ${member.home} have it`)
  })
  return members
}

interface FoundRun {
  readonly home: string
  readonly folder: string
}

function runsBelow(folder: string): readonly FoundRun[] {
  const home = stepName.test(basename(folder)) ? dirname(folder) : folder
  const own = hasOutcar(folder) ? [{ home, folder }] : []
  const below = subFolders(folder).flatMap((sub): readonly FoundRun[] => {
    if (stepName.test(basename(sub))) return hasOutcar(sub) ? [{ home: folder, folder: sub }] : []
    // A folder with a run of its own may hold tests beside it; only one without is a folder of members.
    if (own.length > 0) return []
    const steps = subFolders(sub).filter((each) => stepName.test(basename(each)) && hasOutcar(each))
    return [...(hasOutcar(sub) ? [sub] : []), ...steps].map((each) => ({ home: sub, folder: each }))
  })
  return [...own, ...below]
}

function hasOutcar(folder: string): boolean {
  return ['OUTCAR', 'OUTCAR.gz'].some((name) => existsSync(join(folder, name)))
}

function subFolders(folder: string): readonly string[] {
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  return isFolder(folder) ? readdirSync(folder).map((name) => join(folder, name)).filter(isFolder).sort(byName) : []
}

/** `relax2` before `relax10`. */
function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
}

/** Ids of members are parts of folders and of command lines. */
function labelOf(home: string): string {
  const label = basename(home).replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '')
  return label === '' ? 'run' : label.slice(0, 64)
}
