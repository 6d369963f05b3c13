import { didYouMean } from '../base/did-you-mean.ts'
import { KnownError } from '../base/known-error.ts'
import { csvExporter } from './csv.ts'
import { jsonExporter } from './json.ts'
import { markdownExporter } from './markdown.ts'
import { plainTextExporter } from './plain-text.ts'
import type { Exporter } from './result-table.ts'

/** Every format that tables can be written in. A new one is a file in this folder and a word here. */
export const exporters: readonly Exporter[] = [csvExporter, jsonExporter, markdownExporter, plainTextExporter]

export class UnknownFormatError extends KnownError {
  readonly code = 'TABLE_FORMAT_UNKNOWN'
  readonly remedy: string
  constructor(format: string) {
    super(`There is no table format '${format}'.`)
    const formats = exporters.map((exporter) => exporter.format)
    const near = didYouMean(format, formats)
    this.remedy = `Use one of ${formats.join(', ')}${near === undefined ? '' : `; did you mean '${near}'?`}`
  }
}

/** @throws UnknownFormatError */
export function exporterFor(format: string): Exporter {
  const found = exporters.find((exporter) => exporter.format === format || exporter.fileExtension === format)
  if (found === undefined) throw new UnknownFormatError(format)
  return found
}
