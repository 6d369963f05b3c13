import { join } from 'node:path'
import { exporterFor } from '../../tables/exporters.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'

/** Writes each table in each format; returns the paths. */
export async function saveTables(
  tables: readonly ResultTable[],
  formats: readonly string[],
  folder: string,
): Promise<readonly string[]> {
  const paths: string[] = []
  for (const table of tables) {
    for (const format of formats) {
      const exporter = exporterFor(format)
      const path = join(folder, `${table.name}.${exporter.fileExtension}`)
      await writeFileWhole(path, exporter.render(table))
      paths.push(path)
    }
  }
  return paths
}
