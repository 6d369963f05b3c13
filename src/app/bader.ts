import { basename } from 'node:path'
import { partition, type BaderResult } from '../bader/partition.ts'
import type { BaderMethod } from '../bader/basin-integrals.ts'
import { GridMismatchError, type NamedShape } from '../bader/errors.ts'
import { sumOfGrids } from '../bader/sum-of-grids.ts'
import { readGrid } from '../vasp/output/grid/read-grid.ts'
import type { Structure } from '../structure/structure.ts'
import { openFile } from './parse/open-file.ts'

export interface BaderRequest {
  /** CHGCAR: what is integrated. */
  readonly charge: string
  /** AECCAR0 and AECCAR2, summed: what the basins are found in. */
  readonly reference: readonly string[]
  readonly method: BaderMethod
  readonly vacuumDensity?: number
}

/** Charges of every atom from files. Without a reference the basins come from the valence density, which may mislead. */
export async function baderCharges(request: BaderRequest): Promise<{ result: BaderResult; structure: Structure }> {
  const file = await readGrid(openFile(request.charge).chunks(), { kind: request.charge, grids: 2 })
  const references = []
  for (const path of request.reference) {
    const { total } = await readGrid(openFile(path).chunks(), { kind: path, grids: 1 })
    refuseOtherShape({ name: basename(request.charge), shape: file.total.shape }, { name: basename(path), shape: total.shape })
    references.push(total)
  }
  const result = partition({
    reference: references.length === 0 ? file.total : sumOfGrids(references),
    charge: file.total,
    method: request.method,
    ...(file.difference === undefined ? {} : { spin: file.difference }),
    ...(request.vacuumDensity === undefined ? {} : { vacuumDensity: request.vacuumDensity }),
  })
  return { result, structure: file.structure }
}

/** The files are named, where the partition knows only grids. */
function refuseOtherShape(charge: NamedShape, reference: NamedShape): void {
  if (reference.shape.some((points, axis) => points !== charge.shape[axis])) throw new GridMismatchError(charge, reference)
}
