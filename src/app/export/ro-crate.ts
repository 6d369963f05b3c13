import type { ArchiveContent } from './export-archive.ts'
import type { ArchivedFile } from './zip-writer.ts'

/**
 * Research-object metadata of the archive: what it is and every file with size and checksum. Author and licence are left for those who publish.
 *
 * @source https://w3id.org/ro/crate/1.1
 */
export function roCrate({ title, screenName, isRehearsal, now }: Pick<ArchiveContent, 'title' | 'screenName' | 'isRehearsal' | 'now'>, files: readonly ArchivedFile[]): string {
  const dataset = {
    '@id': './',
    '@type': 'Dataset',
    name: isRehearsal ? `${title} (rehearsal, not DFT)` : title,
    description: `Inputs, outputs and tables of the dopant screen ${screenName}.${isRehearsal ? ' All outputs are from a bond-valence stand-in.' : ''}`,
    datePublished: now.toISOString().slice(0, 10),
    hasPart: files.map(({ name }) => ({ '@id': name })),
  }
  const descriptor = {
    '@id': 'ro-crate-metadata.json',
    '@type': 'CreativeWork',
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    about: { '@id': './' },
  }
  const parts = files.map(({ name, bytes, sha256 }) => ({ '@id': name, '@type': 'File', contentSize: String(bytes), sha256 }))
  return `${JSON.stringify({ '@context': 'https://w3id.org/ro/crate/1.1/context', '@graph': [descriptor, dataset, ...parts] }, null, 2)}\n`
}
