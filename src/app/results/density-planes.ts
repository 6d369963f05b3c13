import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { densityFromPoints, densityOnPlane, pointsOfPlane, type GridHeader, type PlaneFrame, type PlaneValues } from '../../analysis/planes.ts'
import { isKnownError } from '../../base/known-error.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import { readGrid } from '../../vasp/output/grid/read-grid.ts'
import { importedSite } from '../../workflow/imported.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import { readGridPoints } from '../outputs/read-grid-points.ts'
import type { RunFiles, RunPlace } from './run-files.ts'

export interface PlaneWish {
  readonly frame: PlaneFrame
  /** Points along each side. */
  readonly points: number
}

/** A plane of a density with the grid that it was taken from. */
export type DensityPlane = PlaneValues & GridHeader

/** Gives the valence density of a run on a plane; undefined when its CHGCAR cannot be read and never was. */
export interface DensityPlanes {
  plane(place: RunPlace, wish: PlaneWish): Promise<DensityPlane | undefined>
}

export interface KeptPlanesOptions {
  readonly sites: ReadonlyMap<string, Pick<SiteConnection, 'site' | 'transport'>>
  readonly files: RunFiles
  /** Planes stay here, so that a figure can be drawn again when its grid is gone. */
  readonly folder: string
  readonly say: (line: string) => void
}

/** From the whole grid, each time anew. */
export function planesOfFiles(files: RunFiles): DensityPlanes {
  return {
    plane: async (place, wish) => {
      const grid = await files.read(place, 'CHGCAR', async (chunks) => (await readGrid(chunks, { grids: 1 })).total)
      return grid === undefined ? undefined : { ...densityOnPlane(grid, wish.frame, wish.points), structure: grid.structure, shape: grid.shape }
    },
  }
}

/**
 * Planes as they were kept, else taken from the grid: on another machine by reading there the points that the plane looks at. An
 * attempt's folder never changes once it is done, so a kept plane stays right; those that were imported are read each time.
 */
export function keptPlanes({ sites, files, folder, say }: KeptPlanesOptions): DensityPlanes {
  const whole = planesOfFiles(files)
  const told = new Set<string>()
  const taken = async (place: RunPlace, wish: PlaneWish): Promise<DensityPlane | undefined> => {
    const connection = sites.get(place.site)
    if (connection === undefined || connection.site.transport.kind === 'local') return whole.plane(place, wish)
    try {
      return (await planeOnSite(connection, place, wish)) ?? (await whole.plane(place, wish))
    } catch (error) {
      if (!isKnownError(error)) throw error
      if (!told.has(place.site)) say(`Densities of ${place.site} are not read now: ${error.message} ${error.remedy}`)
      told.add(place.site)
      return undefined
    }
  }
  return {
    plane: async (place, wish) => {
      // A folder of somebody's own may be written anew.
      if (place.site === importedSite) return whole.plane(place, wish)
      const path = join(folder, `${keyOf(place, wish)}.json`)
      const kept = readKept(path, wish)
      if (kept !== undefined) return kept
      const plane = await taken(place, wish)
      if (plane !== undefined) await writeFileWhole(path, keptText(place, plane))
      return plane
    },
  }
}

async function planeOnSite({ transport }: Pick<SiteConnection, 'transport'>, { remoteFolder }: RunPlace, { frame, points }: PlaneWish): Promise<DensityPlane | undefined> {
  if (remoteFolder === null) return undefined
  const found = await readGridPoints(transport, remoteFolder, 'CHGCAR', (header) => pointsOfPlane(header, frame, points))
  if (found === undefined) return undefined
  const { header, indices, values } = found
  return { ...densityFromPoints(header, indices, values, frame, points), ...header }
}

function keyOf({ site, remoteFolder }: RunPlace, { frame, points }: PlaneWish): string {
  const { centre, u, v, widthAngstrom } = frame
  const place = [...centre, ...u, ...v, widthAngstrom].map((value) => value.toFixed(6))
  return createHash('sha256').update([site, remoteFolder, points, ...place].join('\n')).digest('hex').slice(0, 32)
}

/** What a person who opens the file finds. */
function keptText({ id, site, remoteFolder }: RunPlace, { frame, points, values, structure, shape }: DensityPlane): string {
  const source = { calculation: id, site, folder: remoteFolder, file: 'CHGCAR' }
  const meaning = 'e/Å³; value at row·points + column, at centre + s·u + t·v with s (column) and t (row) from −widthAngstrom/2'
  return `${JSON.stringify({ source, meaning, frame, points, shape, structure, values: Array.from(values, (value) => Number(value.toPrecision(8))) })}\n`
}

/** undefined for one that is not there, or that something else has written. */
function readKept(path: string, { frame, points }: PlaneWish): DensityPlane | undefined {
  if (!existsSync(path)) return undefined
  try {
    const { shape, structure, values } = JSON.parse(readFileSync(path, 'utf8')) as GridHeader & { readonly values: readonly number[] }
    return values.length === points * points ? { frame, points, values: Float64Array.from(values), structure, shape } : undefined
  } catch {
    return undefined
  }
}
