import type { FolderFindings } from '../app/lint/lint-folder.ts'
import type { Finding, Severity } from '../vasp/input/lint/lint-rule.ts'

const severities: readonly Severity[] = ['error', 'warning', 'note']

/** Findings by folder, worst first, then the reason and source of each rule once. */
export function findingsText(folders: readonly FolderFindings[], nameOf: (folder: string) => string): string {
  const withFindings = folders.filter(({ findings }) => findings.length > 0)
  const parts = withFindings.map(({ folder, findings }) => `${nameOf(folder)}\n${worstFirst(findings).map(line).join('')}\n`)
  const rules = new Map(withFindings.flatMap(({ findings }) => findings.map((finding) => [finding.rule, finding])))
  const reasons = [...rules.values()].map(({ rule, why, source }) => `${rule}: ${why}\n  ${source}\n`)
  return [...parts, ...reasons, ...(reasons.length > 0 ? ['\n'] : []), countsText(folders)].join('')
}

/** `3 folders: 1 error, 0 warnings, 2 notes` */
export function countsText(folders: readonly FolderFindings[]): string {
  const counts = countFindings(folders)
  const words = severities.map((severity) => plural(counts[severity], severity))
  return `${plural(folders.length, 'folder')}: ${words.join(', ')}\n`
}

export function countFindings(folders: readonly FolderFindings[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity): number =>
    folders.reduce((sum, { findings }) => sum + findings.filter((finding) => finding.severity === severity).length, 0)
  return { error: count('error'), warning: count('warning'), note: count('note') }
}

function worstFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}

function line({ severity, rule, message, line: number }: Finding): string {
  return `  ${severity.padEnd(7)} ${number === undefined ? '' : `INCAR line ${number}: `}${message} [${rule}]\n`
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
