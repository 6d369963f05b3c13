import { existsSync, readFileSync, statSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { packageFolder } from '../../adapters/config/package-folder.ts'

/** Where the built page lies. */
export function builtPageFolder(): string {
  return join(packageFolder(), 'dist', 'web')
}

/**
 * The folder of the built page. In a checkout it is built when it is missing or older than one of its sources; an
 * installed package brings it along.
 */
export async function builtPage(say: (line: string) => void): Promise<string> {
  const folder = builtPageFolder()
  if (!existsSync(pageSources()) || isFresh(folder)) return folder
  say('Building the page of the dashboard …')
  await buildPage(folder)
  return folder
}

function pageSources(): string {
  return join(packageFolder(), 'src', 'web', 'page')
}

const listName = 'sources.json'

/** Written by the build: every file of ours that went into the page. */
function isFresh(folder: string): boolean {
  const list = join(folder, listName)
  if (!existsSync(list)) return false
  const builtMs = statSync(list).mtimeMs
  const sources = JSON.parse(readFileSync(list, 'utf8')) as readonly string[]
  const paths = sources.map((source) => join(packageFolder(), source))
  return paths.every((path) => existsSync(path) && statSync(path).mtimeMs <= builtMs)
}

/** Builds beside the old page and changes places at the end: nobody ever sees half a page. */
export async function buildPage(folder: string = builtPageFolder()): Promise<void> {
  const { build } = await import('vite')
  const fresh = `${folder}.${process.pid}.part`
  const output = await build({
    root: pageSources(),
    configFile: false,
    logLevel: 'error',
    base: '/',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir: fresh, emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  })
  const ids = [output].flat().flatMap((each) => ('output' in each ? each.output : [])).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  await writeFile(join(fresh, listName), JSON.stringify(ownSources(ids)))
  await putInPlace(fresh, folder)
}

/** What another process has put there meanwhile is of the same sources, and may be being read: it stays. */
async function putInPlace(fresh: string, folder: string): Promise<void> {
  if (!existsSync(folder) || !isFresh(folder)) {
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder).catch(() => undefined)
  }
  await rm(fresh, { recursive: true, force: true })
}

function ownSources(moduleIds: readonly string[]): readonly string[] {
  const root = packageFolder()
  const ids = [...moduleIds.map((id) => id.split('?')[0] ?? ''), join(pageSources(), 'index.html')]
  const own = ids.filter((id) => id.startsWith(`${root}/src/`) && existsSync(id))
  return [...new Set(own.map((id) => relative(root, id)))]
}
