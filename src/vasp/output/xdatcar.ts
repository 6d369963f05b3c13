import type { Vector3 } from '../../base/vector.ts'
import type { Lattice } from '../../structure/lattice.ts'
import { readPoscar } from '../../structure/poscar.ts'
import { BrokenFileError } from './broken-file.ts'
import { textOf } from './text/bytes.ts'
import { createLineScanner, pushAll, type Chunks } from './text/chunks.ts'
import { createNumberCursor, fillNumbers, pointAt } from './text/number.ts'

/** The positions of every step. */
export interface XdatcarFile {
  readonly comment: string
  /** Element of each ion, POSCAR order. */
  readonly elements: readonly string[]
  readonly configurationCount: number
  /** Of the first configuration; runs at constant cell have no other. */
  readonly latticeAngstrom: Lattice
  /** Of the last configuration. */
  readonly finalLatticeAngstrom: Lattice
  /** Of the last whole configuration, [ion][xyz]. */
  readonly finalPositionsFractional: readonly Vector3[]
  /** Does every configuration bring its own lattice (variable cell)? */
  readonly hasVariableCell: boolean
  /** False when the file ends within a configuration, which is then left out. */
  readonly isComplete: boolean
}

export interface Configuration {
  /** Number printed in `Direct configuration=`, or counted from 1. */
  readonly step: number
  readonly latticeAngstrom: Lattice
  /** x, y, z of each ion after the other. Valid during the call only: copy what is kept. */
  readonly fractional: Float64Array
}

export interface ReadXdatcarOptions {
  /** Called for each whole configuration, in order. */
  readonly onConfiguration?: (configuration: Configuration) => void
}

const longestHeader = 60

/**
 * Reads XDATCAR of VASP 5 and 6, constant or variable cell, one configuration in memory at a time.
 *
 * @throws BrokenFileError when the header or a position is damaged
 * @source https://www.vasp.at/wiki/index.php/XDATCAR
 */
export async function readXdatcar(chunks: Chunks, options: ReadXdatcarOptions = {}): Promise<XdatcarFile> {
  const cursor = createNumberCursor()
  let header: string[] = []
  let elements: readonly string[] = []
  let comment = ''
  let first: Lattice | undefined
  let lattice: Lattice | undefined
  let headerCount = 0
  let fractional = new Float64Array(0)
  let whole: Float64Array | undefined
  let wholeLattice: Lattice | undefined
  let filled = 0
  let step = 0
  let configurationCount = 0

  const scanner = createLineScanner((bytes, start, end) => {
    if (filled < fractional.length) return takePosition(bytes, start, end)
    const line = textOf(bytes, start, end)
    const match = /^\s*(?:Direct|Cartesian|Konfig)\b[^=]*(?:=\s*(\d+|\*+))?\s*$/i.exec(line)
    if (match !== null && (header.length >= 6 || first !== undefined))
      return beginConfiguration(Number(match[1]))
    if (line.trim() === '' && header.length === 0) return
    header.push(line)
    if (header.length > longestHeader) throw broken('"Direct configuration= 1" after the lattice', line)
  })

  function beginConfiguration(number: number): void {
    if (header.length > 0) readHeader()
    step = Number.isFinite(number) ? number : configurationCount + 1
    filled = 0
    fractional =
      fractional.length === elements.length * 3 ? fractional : new Float64Array(elements.length * 3)
  }

  function readHeader(): void {
    const counts = (header[6] ?? '').trim().split(/\s+/).map(Number)
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (!(Number.isInteger(total) && total > 0 && total < 1e8))
      throw broken('the number of ions of each element', header[6] ?? '')
    // The header is that of a POSCAR without positions; one position of each element makes it whole.
    const ones = counts.map(() => 1).join(' ')
    const { structure } = readPoscar(
      [...header.slice(0, 6), ones, 'Direct', ...counts.map(() => '0 0 0')].join('\n'),
    )
    elements = structure.sites.flatMap((site, index) =>
      Array.from({ length: counts[index] ?? 0 }, () => site.element),
    )
    comment = structure.comment
    lattice = structure.lattice
    first ??= lattice
    headerCount++
    header = []
  }

  function takePosition(bytes: Uint8Array, start: number, end: number): void {
    pointAt(cursor, bytes, start, end)
    if (
      fillNumbers(cursor, fractional, filled, 3) < 3 ||
      !Number.isFinite(fractional[filled]! + fractional[filled + 1]! + fractional[filled + 2]!)
    ) {
      throw broken('a position of three numbers', textOf(bytes, start, end))
    }
    filled += 3
    if (filled === fractional.length) finishConfiguration()
  }

  function finishConfiguration(): void {
    configurationCount++
    wholeLattice = lattice
    if (whole?.length !== fractional.length) whole = new Float64Array(fractional.length)
    whole.set(fractional)
    if (lattice !== undefined) options.onConfiguration?.({ step, latticeAngstrom: lattice, fractional })
  }

  function broken(expected: string, found?: string): BrokenFileError {
    return new BrokenFileError({
      kind: 'XDATCAR',
      line: scanner.lineNumber,
      expected,
      ...(found !== undefined && { found }),
    })
  }

  await pushAll(chunks, (chunk) => scanner.push(chunk))
  // A last line that was cut is no position.
  const cutWithin = filled < fractional.length
  if (!cutWithin || scanner.endsWithNewline) scanner.finish()
  if (first === undefined || wholeLattice === undefined || whole === undefined)
    throw broken('a lattice and one whole configuration')
  return {
    comment,
    elements,
    configurationCount,
    latticeAngstrom: first,
    finalLatticeAngstrom: wholeLattice,
    finalPositionsFractional: vectorsOf(whole),
    hasVariableCell: headerCount > 1,
    isComplete: filled === fractional.length && header.length === 0,
  }
}

function vectorsOf(flat: Float64Array): Vector3[] {
  return Array.from({ length: flat.length / 3 }, (_, ion): Vector3 => [
    flat[3 * ion]!,
    flat[3 * ion + 1]!,
    flat[3 * ion + 2]!,
  ])
}
