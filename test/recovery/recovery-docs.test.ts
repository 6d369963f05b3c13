import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/recovery/after-run.ts'
import { describeSymptom, symptomTable } from '../../src/recovery/describe-symptom.ts'
import { symptoms } from '../../src/recovery/symptoms.ts'
import { messagePatterns } from '../../src/vasp/output/stdout-messages-data.ts'

const page = resolve(import.meta.dirname, '../../docs/recovery.md')
const begin = '<!-- symptoms: written by test/recovery/recovery-docs.test.ts with DOPANT_WRITE_DOCS=1 -->\n'

/** The page, with its list of symptoms written anew when that is asked for. */
function pageText(): string {
  const text = readFileSync(page, 'utf8')
  if (process.env['DOPANT_WRITE_DOCS'] !== '1') return text
  const written = `${text.split(begin)[0]}${begin}\n${symptoms.map(describeSymptom).join('\n')}`
  writeFileSync(page, written)
  return written
}

const errorsPage = resolve(import.meta.dirname, '../../docs/errors.md')
const tableBegin = '<!-- symptoms: written by test/recovery/recovery-docs.test.ts with DOPANT_WRITE_DOCS=1 -->\n'

function errorsText(): string {
  const text = readFileSync(errorsPage, 'utf8')
  if (process.env['DOPANT_WRITE_DOCS'] !== '1') return text
  const written = `${text.split(tableBegin)[0]}${tableBegin}\n${symptomTable(symptoms)}`
  writeFileSync(errorsPage, written)
  return written
}

describe('docs/errors.md', () => {
  it('lists every symptom with cause, cure, class and source, as the code has them', () => {
    expect(errorsText().split(tableBegin)[1]?.trim()).toBe(symptomTable(symptoms).trim())
  })
})

describe('docs/recovery.md', () => {
  const text = pageText()
  const list = text.split(begin)[1] ?? ''

  it('describes every symptom as the code has it', () => {
    for (const symptom of symptoms) expect(list, symptom.name).toContain(describeSymptom(symptom))
  })

  it('describes no symptom that the code has not, in the order in which they are trusted', () => {
    const headings = [...list.matchAll(/^### (.+)$/gm)].map((match) => match[1])

    expect(headings).toEqual(symptoms.map(({ name }) => name))
  })

  it('names every check of a finished run, and none else', () => {
    const section = text.split('## After the run')[1]?.split('\n## ')[0] ?? ''
    const named = [...section.matchAll(/^\| `(\w+)` +\|/gm)].map((match) => match[1])

    expect(named).toEqual(checks.map(({ name }) => name))
  })
})

describe('the list of symptoms', () => {
  it('has no name twice, and a sentence for cause, cure and advice each', () => {
    expect(new Set(symptoms.map(({ name }) => name)).size).toBe(symptoms.length)
    for (const { name, cause, cure, advice, source } of symptoms) {
      expect(
        [cause, cure, advice].every((words) => words.endsWith('.')),
        name,
      ).toBe(true)
      expect(source, name).not.toBe('')
    }
  })

  it('has every message that the reader of logs knows by name', () => {
    const otherNames: Readonly<Record<string, string>> = {
      killed: 'process_killed',
      time_limit: 'walltime',
      vdw_kernel: 'kernel_missing',
    }
    const names = symptoms.map(({ name }) => name)

    expect(
      messagePatterns.map(({ key }) => otherNames[key] ?? key).filter((key) => !names.includes(key)),
    ).toEqual([])
  })
})
