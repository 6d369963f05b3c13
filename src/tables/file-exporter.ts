import type { ResultTable } from './result-table.ts'

/**
 * A format that is a file and no text. Its library is loaded at the first call, because most commands never need it.
 *
 * `tables` of scope `all` share one file, with the methods beside them; those of scope `each` have a file each.
 */
export interface FileExporter {
  readonly format: string
  readonly fileExtension: string
  readonly scope: 'all' | 'each'
  render(tables: readonly ResultTable[], methods?: ResultTable): Promise<Uint8Array>
}
