import { join } from 'node:path'
import { exporterFor, fileExporterFor } from '../../tables/exporters.ts'
import type { FileExporter } from '../../tables/file-exporter.ts'
import type { ResultTable } from '../../tables/result-table.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'

/** What a file needs that holds all tables. */
export interface SharedFile {
  /** File name without ending. */
  readonly name: string
  readonly methods?: ResultTable
}

/** Writes each table in each format; returns the paths. @throws UnknownFormatError before anything is written */
export async function saveTables(
  tables: readonly ResultTable[],
  formats: readonly string[],
  folder: string,
  shared: SharedFile = { name: 'tables' },
): Promise<readonly string[]> {
  const writers = formats.map((format) => fileExporterFor(format) ?? format)
  const paths: string[] = []
  const save = async (name: string, extension: string, content: string | Uint8Array): Promise<void> => {
    const path = join(folder, `${name}.${extension}`)
    await writeFileWhole(path, content)
    paths.push(path)
  }
  for (const writer of writers) {
    if (typeof writer !== 'string') await saveFiles(writer, tables, shared, save)
    else {
      const exporter = exporterFor(writer)
      for (const table of tables) await save(table.name, exporter.fileExtension, exporter.render(table))
    }
  }
  return paths
}

async function saveFiles(
  exporter: FileExporter,
  tables: readonly ResultTable[],
  { name, methods }: SharedFile,
  save: (name: string, extension: string, content: Uint8Array) => Promise<void>,
): Promise<void> {
  if (exporter.scope === 'all') return save(name, exporter.fileExtension, await exporter.render(tables, methods))
  for (const table of tables) await save(table.name, exporter.fileExtension, await exporter.render([table]))
}
