import { strFromU8, unzipSync } from 'fflate'

/** Cells of one sheet of a workbook by their reference, read from the file's XML. @param number from 1 */
export function sheetCells(workbook: Uint8Array, number: number): ReadonlyMap<string, string | number> {
  const files = unzipSync(workbook)
  const shared = [...strFromU8(files['xl/sharedStrings.xml'] ?? new Uint8Array()).matchAll(/<si>(.*?)<\/si>/gs)].map((match) => plain(match[1]!))
  const sheet = strFromU8(files[`xl/worksheets/sheet${number}.xml`]!)
  const cells = new Map<string, string | number>()
  for (const [, attributes = '', content = ''] of sheet.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    if (content.includes('<f')) throw new Error(`A formula: ${content}`)
    const reference = /r="([A-Z]+\d+)"/.exec(attributes)![1]!
    const type = /t="(\w+)"/.exec(attributes)?.[1]
    const value = /<v>(.*?)<\/v>/s.exec(content)?.[1]
    if (type === 's') cells.set(reference, shared[Number(value)]!)
    else if (type === 'inlineStr') cells.set(reference, plain(content))
    else if (value !== undefined) cells.set(reference, Number(value))
  }
  return cells
}

/** Cells between the rules of every tabular, headings included. */
export function latexRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.endsWith('\\\\'))
    .map((line) => line.slice(0, -2).split(/(?<!\\)&/).map((cell) => cell.trim()))
}

/** Texts of all table cells, headings included. */
export function htmlRows(text: string): string[][] {
  return [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((match) => plain(match[1]!)))
}

/** Records of a CSV file as RFC 4180 has it. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [['']]
  let quoted = false
  for (let n = 0; n < text.length; n++) {
    const record = records.at(-1)!
    const c = text[n]!
    if (quoted) {
      if (c === '"' && text[n + 1] === '"') record[record.length - 1] += text[++n]!
      else if (c === '"') quoted = false
      else record[record.length - 1] += c
    } else if (c === '"') quoted = true
    else if (c === ',') record.push('')
    else if (c === '\r' && text[n + 1] === '\n') {
      n++
      records.push([''])
    } else record[record.length - 1] += c
  }
  return records.slice(0, -1)
}

function plain(xml: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' }
  return xml.replaceAll(/<[^>]*>/g, '').replaceAll(/&([#\w]+);/g, (_, name: string) => entities[name] ?? '?')
}
