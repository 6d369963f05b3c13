import type { LintRule } from './lint-rule.ts'

export const unreadableValue: LintRule = {
  id: 'unreadable-value',
  severity: 'error',
  why: 'VASP stops when the value of a tag is not of its kind.',
  source: 'https://vasp.at/wiki/INCAR',
  check: ({ incar }) =>
    incar.unreadable.map(({ tag, line, text }) => ({
      tag,
      line,
      message: text === '' ? `${tag} has no value.` : `${tag} cannot be "${text.slice(0, 40)}".`,
    })),
}
