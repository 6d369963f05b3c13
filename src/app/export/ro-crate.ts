import type { ArchiveContent } from './export-archive.ts'
import type { ArchivedFile } from './zip-writer.ts'

/**
 * Research-object metadata of the archive: what it is and every file with size and checksum. Author and licence are left for those who publish.
 *
 * @source https://w3id.org/ro/crate/1.1: root data entity, metadata file descriptor, data entities
 */
export function roCrate({ title, screenName, isRehearsal, now }: Pick<ArchiveContent, 'title' | 'screenName' | 'isRehearsal' | 'now'>, files: readonly ArchivedFile[]): string {
  const dataset = {
    '@id': './',
    '@type': 'Dataset',
    name: isRehearsal ? `${title} (rehearsal, not DFT)` : title,
    description: `Inputs, outputs and tables of the dopant screen ${screenName}.${isRehearsal ? ' All outputs are from a bond-valence stand-in.' : ''}`,
    datePublished: now.toISOString().slice(0, 10),
    hasPart: files.map(({ name }) => ({ '@id': uriPath(name) })),
  }
  const descriptor = {
    '@id': 'ro-crate-metadata.json',
    '@type': 'CreativeWork',
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    about: { '@id': './' },
  }
  const parts = files.map(({ name, bytes, sha256 }) => ({
    '@id': uriPath(name),
    '@type': 'File',
    name,
    ...mediaType(name),
    contentSize: String(bytes),
    sha256,
  }))
  return `${JSON.stringify({ '@context': context, '@graph': [descriptor, dataset, ...parts] }, null, 2)}\n`
}

// The context of 1.1 is that of schema.org before it had checksums.
const context = ['https://w3id.org/ro/crate/1.1/context', { sha256: 'http://schema.org/sha256' }]

/** Identifiers are relative references: a blank or a `#` in a name would end them. */
function uriPath(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/')
}

const mediaTypes: Readonly<Record<string, string>> = {
  cif: 'chemical/x-cif',
  csv: 'text/csv',
  gz: 'application/gzip',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  xml: 'application/xml',
  yaml: 'application/yaml',
}

/** Of files whose ending tells; VASP's own have none, and are plain text. */
function mediaType(name: string): { readonly encodingFormat: string } {
  const ending = /\.([a-z]+)$/.exec(name)?.[1] ?? ''
  return { encodingFormat: mediaTypes[ending] ?? 'text/plain' }
}
