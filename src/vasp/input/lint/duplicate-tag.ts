import type { LintRule } from './lint-rule.ts'

export const duplicateTag: LintRule = {
  id: 'duplicate-tag',
  severity: 'warning',
  why: 'VASP takes the first value of a tag that is set twice; a value that was appended later has no effect.',
  source: 'https://vasp.at/wiki/INCAR',
  check: ({ incar }) =>
    incar.duplicates.map(({ tag, line, value }) => {
      const first = incar.entries.find((entry) => entry.tag === tag)
      const same = JSON.stringify(first?.value) === JSON.stringify(value)
      return {
        tag,
        line,
        message: `${tag} is set again; line ${first?.line ?? '?'} counts${same ? ', with the same value' : ''}.`,
        ...(same && { severity: 'note' as const }),
      }
    }),
}
