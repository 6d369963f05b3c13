import type { AttemptOrigin } from '../../ports/attempt.ts'
import type { FileToSend } from '../../ports/transport.ts'
import type { Templates } from '../../ports/templates.ts'
import type { EngineParts } from '../engine/engine-parts.ts'
import type { Site } from '../../ports/site.ts'

/** Keeps what is about to be sent; without an object store nothing is kept. */
export async function keepInputs({ provenance }: Pick<EngineParts, 'provenance'>, files: readonly FileToSend[]): Promise<void> {
  if (provenance === undefined) return
  await Promise.all(files.map(({ content }) => provenance.objects.put(Buffer.from(content))))
}

export interface WatchedTemplates {
  readonly templates: Templates
  readonly used: ReadonlySet<string>
}

/** The same templates, and which of them were used. */
export function watchTemplates(templates: Templates): WatchedTemplates {
  const used = new Set<string>()
  const render: Templates['render'] = (name, values) => {
    used.add(name)
    return templates.render(name, values)
  }
  return { templates: { ...templates, render }, used }
}

/** Versions and templates behind an attempt's files. */
export async function originOf(
  { provenance, templates }: Pick<EngineParts, 'provenance' | 'templates'>,
  { vasp, method }: Site,
  used: ReadonlySet<string>,
): Promise<AttemptOrigin | undefined> {
  if (provenance === undefined) return undefined
  const names = [...used].sort()
  const digests = await Promise.all(names.map(async (name) => [name, (await templates.digest?.(name)) ?? ''] as const))
  return { dopantVersion: provenance.dopantVersion, vaspVersion: vasp.version, method, templates: Object.fromEntries(digests) }
}
