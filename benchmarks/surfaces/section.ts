import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** Puts text between `<!-- made: name -->` and `<!-- end -->` of a page in docs/, which keeps the rest as it is. */
export function replaceSection(page: string, name: string, text: string): void {
  const path = resolve(import.meta.dirname, '../../docs', page)
  const before = readFileSync(path, 'utf8')
  const [head, tail] = [`<!-- made: ${name} -->`, '<!-- end -->']
  const start = before.indexOf(head)
  const end = before.indexOf(tail, start)
  if (start < 0 || end < 0) throw new Error(`docs/${page} has no section ${name}.`)
  writeFileSync(path, `${before.slice(0, start + head.length)}\n\n${text.trim()}\n\n${before.slice(end)}`)
}

/** A Markdown table; the first row is the head. */
export function markdownTable(rows: readonly (readonly (string | number)[])[]): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n')
}
