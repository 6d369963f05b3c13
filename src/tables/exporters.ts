import { didYouMean } from '../base/did-you-mean.ts'
import { KnownError } from '../base/known-error.ts'
import { csvExporter } from './csv.ts'
import type { FileExporter } from './file-exporter.ts'
import { htmlExporter } from './html.ts'
import { jsonExporter } from './json.ts'
import { latexExporter } from './latex.ts'
import { markdownExporter } from './markdown.ts'
import { parquetExporter } from './parquet.ts'
import { plainTextExporter } from './plain-text.ts'
import type { Exporter } from './result-table.ts'
import { xlsxExporter } from './xlsx.ts'

/** Every format of text that tables can be printed in. A new one is a file in this folder and a word here. */
export const exporters: readonly Exporter[] = [
  csvExporter,
  jsonExporter,
  markdownExporter,
  latexExporter,
  htmlExporter,
  plainTextExporter,
]

/** Formats that can only be saved. */
export const fileExporters: readonly FileExporter[] = [xlsxExporter, parquetExporter]

export const formatNames: readonly string[] = [...exporters, ...fileExporters].map(({ format }) => format)

export class UnknownFormatError extends KnownError {
  readonly code = 'TABLE_FORMAT_UNKNOWN'
  readonly remedy: string
  constructor(format: string) {
    super(`There is no table format '${format}'.`)
    const near = didYouMean(format, formatNames)
    this.remedy = `Use one of ${formatNames.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}`
  }
}

/** @throws UnknownFormatError */
export function exporterFor(format: string): Exporter {
  const found = exporters.find((exporter) => isCalled(exporter, format))
  if (found === undefined) throw new UnknownFormatError(format)
  return found
}

/** The exporter of a format that can only be saved; undefined for one of text. @throws UnknownFormatError */
export function fileExporterFor(format: string): FileExporter | undefined {
  const found = fileExporters.find((exporter) => isCalled(exporter, format))
  if (found === undefined) exporterFor(format)
  return found
}

function isCalled(exporter: { readonly format: string; readonly fileExtension: string }, name: string): boolean {
  return exporter.format === name || exporter.fileExtension === name
}
