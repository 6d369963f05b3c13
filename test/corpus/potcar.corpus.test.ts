import { describe, expect, it } from 'vitest'
import { readPotcarHeaders } from '../../src/vasp/output/potcar-header.ts'
import { contentOf, corpusEntries, hasCorpus, whySkipped } from './corpus-cases.ts'

describe.skipIf(!hasCorpus)(`POTCAR stubs of the corpus${hasCorpus ? '' : `: ${whySkipped}`}`, () => {
  it('give a TITEL and an element where they hold one, and are refused where they do not', () => {
    const files = corpusEntries('POTCAR')
    let read = 0
    for (const entry of files) {
      const text = contentOf(entry).toString('latin1')
      if (!/^\s*TITEL\s*=/m.test(text)) {
        expect(() => readPotcarHeaders(text), entry.case).toThrow('TITEL')
        continue
      }
      read++
      for (const { titel, symbol } of readPotcarHeaders(text).potentials)
        expect(titel.split(/[\s_]/), entry.case).toContain(symbol)
    }

    console.log(
      `POTCAR, ${files.length} files: read ${read} · refused as lists of names or notes ${files.length - read}`,
    )
    expect(read).toBeGreaterThan(0)
  })
})
