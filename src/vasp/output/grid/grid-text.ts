import { Buffer } from 'node:buffer'
import type { DensityGrid } from '../../../structure/density-grid.ts'
import type { Structure } from '../../../structure/structure.ts'
import { writeE17 } from './fortran-e17.ts'

const valuesPerLine = 5
const linesPerChunk = 4096
const bytesPerValue = 18

/**
 * The text of a CHGCAR, AECCAR or LOCPOT as VASP 5 prints it, in pieces of about 370 kB.
 *
 * Structure with six decimals, values as `1X,E17.11` five to a line. One grid for a density; total and difference for a
 * collinear run; four for a non-collinear one. No augmentation is written.
 *
 * @param grids same shape; order as in `GridFile`
 */
export function* gridText(structure: Structure, grids: readonly DensityGrid[]): Generator<Uint8Array> {
  yield ascii(headerText(structure) + '\n')
  for (const { shape, values } of grids) {
    yield ascii(shape.map((points) => String(points).padStart(5)).join('') + '\n')
    yield* valueText(values)
  }
}

function headerText(structure: Structure): string {
  const blocks = elementBlocks(structure)
  const coordinates = structure.sites.map(({ fractional }) => fractional.map((x) => fixed(x, 10)).join(''))
  const lines = [
    structure.comment.replace(/\s+/g, ' ').slice(0, 40).padEnd(40),
    '   1.00000000000000     ',
    ...structure.lattice.map((row) => ' ' + row.map((x) => fixed(x, 12)).join('')),
    blocks.map(({ element }) => '   ' + element.padEnd(2)).join(''),
    blocks.map(({ count }) => String(count).padStart(6)).join(''),
    'Direct',
    ...coordinates,
  ]
  return lines.join('\n') + '\n'
}

function fixed(x: number, width: number): string {
  const text = x.toFixed(6)
  return (text === '-0.000000' ? '0.000000' : text).padStart(width)
}

function elementBlocks(structure: Structure): readonly { element: string; count: number }[] {
  const blocks: { element: string; count: number }[] = []
  for (const { element } of structure.sites) {
    const last = blocks.at(-1)
    if (last?.element === element) last.count += 1
    else blocks.push({ element, count: 1 })
  }
  return blocks
}

function* valueText(values: Float64Array): Generator<Uint8Array> {
  const perChunk = valuesPerLine * linesPerChunk
  for (let start = 0; start < values.length; start += perChunk) {
    yield valueLines(values, start, Math.min(values.length, start + perChunk))
  }
}

function valueLines(values: Float64Array, start: number, end: number): Uint8Array {
  const lines = Math.ceil((end - start) / valuesPerLine)
  const bytes = new Uint8Array((end - start) * bytesPerValue + lines)
  let at = 0
  for (let index = start; index < end; index++) {
    writeE17(bytes, at, values[index]!)
    at += bytesPerValue
    if ((index - start) % valuesPerLine === valuesPerLine - 1 || index === end - 1) bytes[at++] = 10
  }
  return bytes
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}
