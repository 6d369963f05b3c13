import type { ParsedFile } from './parse-file.ts'

/** One line of JSON: typed arrays as lists, what is no number as null. */
export function jsonLine(parsed: ParsedFile): string {
  return JSON.stringify(parsed, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
  )
}
