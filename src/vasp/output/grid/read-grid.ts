import { pointCount, type DensityGrid } from '../../../structure/density-grid.ts'
import { readPoscar } from '../../../structure/poscar.ts'
import type { Structure } from '../../../structure/structure.ts'
import { BrokenFileError } from '../broken-file.ts'
import { numbersIn } from '../fortran-row.ts'
import { textOf } from '../text/bytes.ts'
import { pushAll, type Chunks } from '../text/chunks.ts'
import type { GridFile } from './grid-file.ts'
import { createLineBlocks } from './line-blocks.ts'
import { scanValues, type ScanState } from './value-scanner.ts'

export interface ReadGridOptions {
  /** Named in errors; CHGCAR unless told. */
  readonly kind?: string
  /** Stop after this many grids: 1 skips the spin density. */
  readonly grids?: number
}

/**
 * Reads CHGCAR, CHG, AECCAR0-2, PARCHG and LOCPOT: one grid, two (collinear) or four (non-collinear).
 *
 * Holds each grid once, as doubles; the text passes by in pieces.
 *
 * @throws BrokenFileError when a value is damaged or a grid ends early, PoscarError when the structure is
 * @source https://www.vasp.at/wiki/index.php/CHGCAR
 */
export async function readGrid(chunks: Chunks, options: ReadGridOptions = {}): Promise<GridFile> {
  const reader = createGridReader(options)
  const blocks = createLineBlocks(options.kind ?? 'CHGCAR', reader.read)
  await pushAll(chunks, (chunk) => blocks.push(chunk))
  blocks.finish()
  return reader.result()
}

type Phase = 'header' | 'values' | 'between' | 'augmentation'
type Shape = readonly [number, number, number]

// Far above any slab, far below what a mistaken file could ask for.
const mostHeaderLines = 1_000_000
const mostPoints = 2 ** 31
const firstCapacity = 1 << 22

export function createGridReader(options: ReadGridOptions = {}): {
  readonly read: (bytes: Uint8Array, start: number, end: number) => void
  readonly result: () => GridFile
} {
  const kind = options.kind ?? 'CHGCAR'
  const mostGrids = options.grids ?? 4
  const state: ScanState = { at: 0, filled: 0, line: 1, damaged: false }
  const header: string[] = []
  const grids: Float64Array[] = []
  const augmentation: Float64Array[][] = []
  let phase: Phase = 'header'
  let structure: Structure | undefined
  let shape: Shape = [0, 0, 0]
  let current = new Float64Array(0)
  let wanted = 0

  function read(bytes: Uint8Array, start: number, end: number): void {
    state.at = start
    while (state.at < end) {
      if (phase === 'values' || phase === 'augmentation') takeValues(bytes, end)
      else if (phase === 'between' && grids.length >= mostGrids) return
      else takeLine(bytes, end)
    }
  }

  function takeLine(bytes: Uint8Array, end: number): void {
    const newline = bytes.indexOf(10, state.at)
    const lineEnd = newline < 0 || newline > end ? end : newline
    const line = textOf(bytes, state.at, lineEnd)
    if (phase === 'header') readHeaderLine(line)
    else readLineBetween(line)
    state.at = lineEnd + 1
    state.line++
  }

  function readHeaderLine(line: string): void {
    const counts = header.length > 7 && header.at(-1)?.trim() === '' ? threeCounts(line) : undefined
    if (counts === undefined) {
      header.push(line)
      if (header.length > mostHeaderLines) throw broken('grid dimensions after the structure', line)
      return
    }
    structure = readPoscar(header.slice(0, -1).join('\n')).structure
    shape = counts
    startGrid(line)
  }

  function startGrid(line: string): void {
    wanted = pointCount(shape)
    if (!(wanted > 0 && wanted <= mostPoints)) throw broken('three numbers of grid points', line)
    startValues('values', Math.min(wanted, firstCapacity))
  }

  function startValues(next: Phase, capacity: number): void {
    phase = next
    current = new Float64Array(capacity)
    state.filled = 0
  }

  function takeValues(bytes: Uint8Array, end: number): void {
    scanValues(bytes, end, current, current.length, state)
    if (state.damaged) throw broken('a number', textOf(bytes, state.at, Math.min(end, state.at + 30)))
    if (state.filled < current.length) return
    if (state.filled < wanted) current = grown(current, Math.min(wanted, current.length * 2))
    else finishValues(bytes, end)
  }

  function finishValues(bytes: Uint8Array, end: number): void {
    if (phase === 'values') {
      grids.push(current)
      augmentation.push([])
    } else augmentation.at(-1)?.push(current)
    phase = 'between'
    const newline = bytes.indexOf(10, state.at)
    const rest = textOf(bytes, state.at, newline < 0 ? end : newline)
    if (rest.trim() !== '') throw broken('the end of the line after the last value', rest)
    state.at = newline < 0 ? end : newline + 1
    state.line++
  }

  /** After a grid: augmentation records, moments of the ions, or the dimensions of the next grid. */
  function readLineBetween(line: string): void {
    if (line.includes('augmentation')) return startAugmentation(line)
    const counts = threeCounts(line)
    if (counts !== undefined && counts.every((count, axis) => count === shape[axis])) return startGrid(line)
    if (!numbersIn(line).every(Number.isFinite))
      throw broken('augmentation, moments or another grid of the same size', line)
  }

  function startAugmentation(line: string): void {
    const size = numbersIn(line.replace(/^\D+/, '')).at(-1)
    if (size === undefined) return
    if (!(Number.isInteger(size) && size >= 0 && size < 1e6))
      throw broken('the number of augmentation occupancies', line)
    wanted = size
    if (size > 0) startValues('augmentation', size)
  }

  function result(): GridFile {
    if (structure === undefined)
      throw new BrokenFileError({
        kind,
        line: state.line,
        expected: 'a structure, a blank line and three numbers of grid points',
      })
    if (phase === 'values')
      throw new BrokenFileError({
        kind,
        line: state.line,
        expected: `${wanted} values in grid ${grids.length + 1}`,
        found: `${state.filled}`,
      })
    if (grids.length === 3)
      throw new BrokenFileError({ kind, line: state.line, expected: 'one, two or four grids', found: '3' })
    const [total, second, third, fourth] = grids.map((values): DensityGrid => ({
      structure: structure as Structure,
      shape,
      values,
    }))
    return {
      structure,
      shape,
      total: total as DensityGrid,
      ...(second && !third && { difference: second }),
      ...(second && third && fourth && { magnetization: [second, third, fourth] as const }),
      augmentation,
      isComplete: phase === 'between',
    }
  }

  function broken(expected: string, found: string): BrokenFileError {
    return new BrokenFileError({ kind, line: state.line, expected, found })
  }

  return { read, result }
}

function threeCounts(line: string): Shape | undefined {
  const match = /^\s*(\d{1,9})\s+(\d{1,9})\s+(\d{1,9})\s*$/.exec(line)
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])]
}

function grown(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length)
  larger.set(values)
  return larger
}
