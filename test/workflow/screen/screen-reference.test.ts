import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readScreen } from '../../../src/workflow/screen/read-screen.ts'
import {
  screenJsonSchema,
  screenKeys,
  screenKeyTable,
} from '../../../src/workflow/screen/screen-reference.ts'

const root = resolve(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(resolve(root, file), 'utf8')
const page = read('docs/screens.md')
const remedy = 'run `npx tsx docs/make-screen-reference.ts`'

describe('the reference of the screen file', () => {
  it('has a row for every key, with its default', () => {
    expect(page.includes(screenKeyTable()), remedy).toBe(true)
  })

  it('says what every key means', () => {
    expect(
      screenKeys()
        .filter(({ meaning }) => meaning === '')
        .map(({ path }) => path),
    ).toEqual([])
  })

  it('knows the defaults of the keys that matter most', () => {
    const fallback = (path: string) => screenKeys().find((key) => key.path === path)?.fallback

    expect(
      ['slab.vacuumAngstrom', 'method.encutEv', 'kpoints.unit', 'host.oxidationStates'].map(fallback),
    ).toEqual(['`15`', '`520`', '`2pi/A`', 'required'])
  })

  const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)

  it.each(examples)('has examples that are read:\n%s', (text) => {
    const minimal = {
      name: 'example',
      host: { file: 'host.cif', oxidationStates: { Li: 1, Mn: 4, O: -2 } },
      ...(text.includes('form: bulk') ? {} : { slab: { millerIndex: [0, 1, 0] } }),
    }

    expect(() =>
      readScreen(JSON.stringify({ ...minimal, ...(parse(text) as object) }), 'docs/screens.md'),
    ).not.toThrow()
  })

  it('has eight of them', () => {
    expect(examples).toHaveLength(8)
  })
})

describe('the JSON Schema for editors', () => {
  it('is the one that the code has', () => {
    expect(JSON.parse(read('docs/screen.schema.json')), remedy).toEqual(
      JSON.parse(JSON.stringify(screenJsonSchema())),
    )
  })

  it('asks for name, host file and formal charges, and for nothing that has a default', () => {
    const { required, properties } = screenJsonSchema()

    expect(required).toEqual(['name', 'host'])
    expect(properties?.['host']?.required).toEqual(['file', 'oxidationStates'])
  })
})
