import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordSchemas } from '../../../src/app/parse/parse-schema.ts'
import { fileKinds } from '../../../src/vasp/output/file-kind.ts'

const documentation = readFileSync(join(import.meta.dirname, '../../../docs/parse.md'), 'utf8')

describe('docs/parse.md', () => {
  it('names every kind of file that is read', () => {
    for (const kind of fileKinds)
      expect(documentation, kind).toMatch(kind === 'stdout' ? /standard output/ : new RegExp(`\\b${kind}\\b`))
  })

  it('names every field of the schema', () => {
    const common = ['comment', 'formula', 'volumeAngstrom3', 'augmentationRecords', 'unit', 'boxes', 'atoms']
    for (const [kind, schema] of Object.entries(recordSchemas)) {
      for (const field of Object.keys(schema.shape).filter((name) => !common.includes(name))) {
        expect(documentation, `${field} of ${kind}`).toMatch(new RegExp(`\`[.]?${field}\\b`))
      }
    }
  })
})
