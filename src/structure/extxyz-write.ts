import { toCartesian } from './lattice.ts'
import { StructureNotFiniteError } from './poscar-write.ts'
import type { Site, Structure } from './structure.ts'

/**
 * One frame of extended XYZ: lattice, element and Cartesian position in Å; starting moments and mobility where sites
 * have them.
 *
 * @throws StructureNotFiniteError for NaN or infinite numbers
 * @source https://github.com/libAtoms/extxyz
 */
export function writeExtxyz(structure: Structure): string {
  const { sites, lattice } = structure
  const columns = optionalColumns(sites)
  const properties = ['species:S:1:pos:R:3', ...columns.map(({ property }) => property)].join(':')
  const name = structure.comment.replace(/["\s]+/g, ' ').trim()
  const vectors = lattice.flat().map((x) => decimals(x, 'a lattice vector')).join(' ')
  const rows = sites.map((site, index) => {
    const what = `the position of atom ${index + 1} (${site.element})`
    const position = toCartesian(lattice, site.fractional).map((x) => decimals(x, what).padStart(16))
    return [site.element.padEnd(2), ...position, ...columns.map(({ cell }) => cell(site))].join(' ')
  })
  return `${sites.length}\nLattice="${vectors}" Properties=${properties} name="${name}" pbc="T T T"\n${rows.join('\n')}\n`
}

interface Column {
  readonly property: string
  readonly cell: (site: Site) => string
}

function optionalColumns(sites: readonly Site[]): readonly Column[] {
  const masks = sites.map((site) => site.mobile ?? [true, true, true])
  const whole = masks.every(([x, y, z]) => x === y && y === z)
  const flag = (free: boolean | undefined): string => (free === false ? 'F' : 'T')
  return [
    ...(sites.some((site) => site.magneticMomentMuB !== undefined)
      ? [{ property: 'magmoms:R:1', cell: (site: Site) => String(site.magneticMomentMuB ?? 0) }]
      : []),
    ...(sites.some((site) => site.mobile !== undefined)
      ? [
          {
            property: `move_mask:L:${whole ? 1 : 3}`,
            cell: ({ mobile = [true, true, true] }: Site) => (whole ? flag(mobile[0]) : mobile.map(flag).join(' ')),
          },
        ]
      : []),
  ]
}

function decimals(value: number, what: string): string {
  if (!Number.isFinite(value)) throw new StructureNotFiniteError(what)
  return value.toFixed(10)
}
