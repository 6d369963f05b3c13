import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Templates } from '../../ports/templates.ts'
import { partialNames } from './partial-names.ts'
import { TemplateMissingError, TemplateSyntaxError, TemplateValueError } from './template-errors.ts'

type Compiled = (values: Readonly<Record<string, unknown>>) => string

/**
 * Templates from folders: the first folder that has the file wins, so that a project's own `templates/` can replace any
 * file of ours. Strict: a value that is not given is an error. No HTML escaping. Compiled once.
 *
 * Partials are named by their path without ending, `{{> vasp/partials/tags groups.task}}`. One helper, `{{pad tag 8}}`.
 */
export function handlebarsTemplates({ folders }: { readonly folders: readonly string[] }): Templates {
  const handlebars = Handlebars.create()
  handlebars.registerHelper('pad', (text: unknown, width: unknown) => String(text).padEnd(Number(width)))
  const sources = new Map<string, Promise<string>>()
  const compiled = new Map<string, Promise<Compiled>>()

  return {
    async render(name, values) {
      const template = await remembered(compiled, name, () => compile(name))
      try {
        return template(values)
      } catch (error) {
        throw new TemplateValueError(name, error)
      }
    },
    async digest(name) {
      const hash = createHash('sha256')
      for (const text of await withPartials(name)) hash.update(`${text}\0`)
      return hash.digest('hex')
    },
  }

  /** Its own text and that of every partial, in the order in which they are named. */
  async function withPartials(name: string, above: readonly string[] = []): Promise<readonly string[]> {
    const source = await remembered(sources, name, () => readFirst(folders, name))
    const inside = partialsOf(name, source).map((partial) => `${partial}.hbs`).filter((partial) => !above.includes(partial))
    const parts = await Promise.all(inside.map((partial) => withPartials(partial, [...above, partial])))
    return [source, ...parts.flat()]
  }

  async function compile(name: string): Promise<Compiled> {
    const source = await remembered(sources, name, () => readFirst(folders, name))
    await registerPartials(name, source, new Set())
    return handlebars.compile<Readonly<Record<string, unknown>>>(source, { strict: true, noEscape: true })
  }

  async function registerPartials(name: string, source: string, above: ReadonlySet<string>): Promise<void> {
    for (const partial of partialsOf(name, source)) {
      if (above.has(partial)) continue
      const text = await remembered(sources, `${partial}.hbs`, () => readFirst(folders, `${partial}.hbs`))
      await registerPartials(`${partial}.hbs`, text, new Set([...above, partial]))
      handlebars.registerPartial(partial, text)
    }
  }

  function partialsOf(name: string, source: string): readonly string[] {
    try {
      return partialNames(handlebars.parse(source))
    } catch (error) {
      throw new TemplateSyntaxError(name, error)
    }
  }
}

// A failed look-up is forgotten, so that a template that is put right is found without a restart.
async function remembered<T>(
  cache: Map<string, Promise<T>>,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = make()
  cache.set(key, made)
  try {
    return await made
  } catch (error) {
    cache.delete(key)
    throw error
  }
}

async function readFirst(folders: readonly string[], name: string): Promise<string> {
  if (name.split('/').includes('..')) throw new TemplateMissingError(name, folders)
  for (const folder of folders) {
    try {
      return await readFile(join(folder, name), 'utf8')
    } catch (error) {
      if (!isAbsent(error)) throw error
    }
  }
  throw new TemplateMissingError(name, folders)
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}
