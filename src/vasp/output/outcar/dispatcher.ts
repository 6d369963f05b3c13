import { ascii, startsWith } from '../text/bytes.ts'
import type { LineFilter, LineSink } from '../text/chunks.ts'
import { createLine, type OnMarker, type RowReader, type Section } from './line.ts'

interface Entry {
  readonly marker: Uint8Array
  readonly handle: OnMarker
}

/**
 * Gives each line to the sections whose marker it starts with. Two bytes decide for nearly every line that nobody
 * wants it; tables are read by the section that recognised their heading until it gives a line back.
 */
export function createDispatcher(sections: readonly Section[]): { readonly sink: LineSink; readonly filter: LineFilter } {
  const { index, lists } = indexMarkers(sections)
  const filter: LineFilter = { table: index, everything: false }
  const line = createLine()
  let rows: RowReader | undefined

  function sink(bytes: Uint8Array, start: number, end: number): void {
    let first = start
    while (first < end && bytes[first] === 32) first++
    if (rows !== undefined) {
      line.bytes = bytes
      line.start = start
      line.end = end
      line.first = first
      if (rows(line)) return
      rows = undefined
      filter.everything = false
    }
    if (end - first < 2) return
    const list = index[(bytes[first]! << 8) | bytes[first + 1]!]!
    if (list === 0) return
    line.bytes = bytes
    line.start = start
    line.end = end
    line.first = first
    for (const { marker, handle } of lists[list - 1]!) {
      if (!startsWith(bytes, first, end, marker)) continue
      line.after = first + marker.length
      rows = handle(line) ?? rows
    }
    filter.everything = rows !== undefined
  }

  return { sink, filter }
}

function indexMarkers(sections: readonly Section[]): { index: Uint8Array; lists: Entry[][] } {
  const index = new Uint8Array(65536)
  const lists: Entry[][] = []
  for (const section of sections) {
    for (const [text, handle] of Object.entries(section.markers)) {
      const marker = ascii(text)
      const key = (marker[0]! << 8) | marker[1]!
      if (index[key] === 0) index[key] = lists.push([])
      lists[index[key]! - 1]!.push({ marker, handle })
    }
  }
  return { index, lists }
}
