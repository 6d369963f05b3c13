import { lineText, type Line, type Section } from './line.ts'

type Grid = readonly [number, number, number]

/** Points of the FFT grids along a, b, c. */
export interface Grids {
  /** NGX, NGY, NGZ: wavefunctions and potentials. */
  readonly coarse?: Grid
  /** NGXF, NGYF, NGZF: charge density files. */
  readonly fine?: Grid
}

export function gridsSection(): Section & { result(): Grids } {
  const grids: { coarse?: Grid; fine?: Grid } = {}

  // The first of each kind: a recommendation in the same words may follow.
  function onDimension(line: Line): void {
    const found = /NGXF?\s*=\s*(\d+)\s+NGYF?\s*=\s*(\d+)\s+NGZF?\s*=\s*(\d+)/.exec(lineText(line))
    if (found === null) return
    const grid: Grid = [Number(found[1]), Number(found[2]), Number(found[3])]
    if (found[0].startsWith('NGXF')) grids.fine ??= grid
    else grids.coarse ??= grid
  }

  return { result: () => grids, markers: { 'dimension x,y,z': onDimension } }
}
