import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonLine } from '../../src/app/parse/json-line.ts'
import { isFailure, parseFile } from '../../src/app/parse/parse-file.ts'
import { recordSchemas } from '../../src/app/parse/parse-schema.ts'
import type { FileKind } from '../../src/vasp/output/file-kind.ts'
import { corpusEntries, corpusFolder, hasCorpus, whySkipped } from './corpus-cases.ts'

/** Kinds of the manifest and what their files may be recognised as. */
const kinds: Readonly<Record<string, readonly FileKind[]>> = {
  OUTCAR: ['OUTCAR'],
  OSZICAR: ['OSZICAR'],
  vasprun: ['vasprun.xml'],
  STDOUT: ['stdout'],
  POSCAR: ['POSCAR', 'CONTCAR'],
  CONTCAR: ['CONTCAR', 'POSCAR'],
  INCAR: ['INCAR'],
  KPOINTS: ['KPOINTS'],
  GRID: ['CHGCAR', 'CHG', 'AECCAR', 'LOCPOT', 'PARCHG'],
  ACF: ['ACF.dat'],
  BCF: ['BCF.dat'],
  POTCAR: ['POTCAR'],
}
const largestStoredBytes = 2_000_000

describe.skipIf(!hasCorpus)(
  `every file of the corpus through the parse command's own code${hasCorpus ? '' : `: ${whySkipped}`}`,
  () => {
    it.each(Object.entries(kinds))(
      '%s is recognised, and its record keeps to the schema',
      { timeout: 300_000 },
      async (manifestKind, expected) => {
        const refused = new Map<string, number>()
        // Files of equal content are stored once, under the name of the first.
        const entries = corpusEntries(manifestKind).filter(
          (entry) =>
            entry.file.startsWith(`files/${entry.case}/${entry.name}`) &&
            statSync(join(corpusFolder, entry.file)).size < largestStoredBytes,
        )
        for (const entry of entries) {
          const parsed = await parseFile(entry.file, { cwd: corpusFolder })
          const {
            file: _,
            kind,
            ...record
          } = JSON.parse(jsonLine(parsed)) as { file: string; kind: FileKind }
          const what = `${entry.case}/${entry.name}`

          expect(expected, what).toContain(kind)
          if (isFailure(parsed)) refused.set(parsed.error.code, (refused.get(parsed.error.code) ?? 0) + 1)
          else expect(recordSchemas[kind].safeParse(record).error, what).toBeUndefined()
        }

        const reasons = [...refused].map(([code, count]) => `${code} ${count}`).join(', ')
        console.log(`${manifestKind}: ${entries.length} files, refused with a reason: ${reasons || 'none'}`)
      },
    )
  },
)
