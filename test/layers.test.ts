import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Rows of the house, top first: a folder imports only from rows above its own, and from itself. */
const rows = [
  ['base'],
  ['structure'],
  ['vasp', 'bader'],
  ['analysis', 'recovery', 'tables'],
  ['workflow'],
  ['ports'],
  ['adapters', 'app', 'rehearsal'],
  ['compose'],
  ['web'],
  ['cli'],
  ['workers'],
]
const pureRows = rows.slice(0, 5).flat()
const root = resolve(import.meta.dirname, '..')

describe('the one import direction', () => {
  it('has a row for every folder of src', () => {
    const folders = readdirSync(join(root, 'src')).map((name) => name.replace(/\.ts$/, ''))

    expect(folders.filter((folder) => rowOf(folder) < 0)).toEqual([])
  })

  it('is kept by every file of src and workers', () => {
    const wrong = sourceFiles().flatMap((file) => importsOf(file).flatMap((target) => complaint(file, target)))

    expect(wrong).toEqual([])
  })

  it('would notice an adapter imported from structure/', () => {
    expect(complaint('src/structure/slab.ts', 'src/adapters/schedulers/slurm.ts')).toHaveLength(1)
    expect(complaint('src/app/plan.ts', 'src/adapters/stores/x.ts')).toHaveLength(1)
    expect(complaint('src/vasp/output/outcar.ts', 'src/structure/structure.ts')).toEqual([])
  })

  it('keeps files, network, clock and chance out of everything down to workflow', () => {
    const impure = sourceFiles()
      .filter((file) => pureRows.includes(folderOf(file)))
      .filter((file) => /from 'node:(?!buffer)|Math\.random\(|Date\.now\(|new Date\(\)/.test(read(file)))

    expect(impure).toEqual([])
  })
})

function sourceFiles(): string[] {
  return ['src', 'workers'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
}

function importsOf(file: string): string[] {
  const specifiers = [...read(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '')
  return specifiers.map((specifier) => relative(root, resolve(root, dirname(file), specifier)))
}

function complaint(file: string, target: string): string[] {
  const [from, to] = [folderOf(file), folderOf(target)]
  if (from === to) return []
  return rowOf(to) >= 0 && rowOf(to) < rowOf(from) ? [] : [`${file} imports ${target}`]
}

function folderOf(file: string): string {
  const parts = file.split('/')
  return (parts[0] === 'src' ? parts[1] : parts[0])?.replace(/\.ts$/, '') ?? ''
}

function rowOf(folder: string): number {
  return rows.findIndex((row) => row.includes(folder))
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
