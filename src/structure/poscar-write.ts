import { KnownError } from '../base/known-error.ts'
import type { Vector3 } from '../base/vector.ts'
import { toCartesian } from './lattice.ts'
import type { Site, Structure } from './structure.ts'

export interface WritePoscarOptions {
  /** Default: the structure's own comment. */
  readonly comment?: string
  /** Default: fractional ("Direct"). */
  readonly cartesian?: boolean
  /** Write the label of each site behind its position; VASP ignores it. */
  readonly labels?: boolean
}

/** Coordinates or lattice that are not numbers: VASP would read them as something else. */
export class StructureNotFiniteError extends KnownError {
  readonly code = 'STRUCTURE_NOT_FINITE'
  readonly remedy = 'Find the step that made the number, and give every coordinate a finite value.'

  constructor(what: string) {
    super(`Cannot write a POSCAR: ${what} is not a finite number.`)
  }
}

/**
 * POSCAR text with 16 decimals, order of sites kept; consecutive equal elements form one block.
 *
 * Selective dynamics is written as soon as one site has `mobile`; sites without it are free.
 *
 * @throws StructureNotFiniteError for NaN or infinite numbers
 */
export function writePoscar(structure: Structure, options: WritePoscarOptions = {}): string {
  const selective = structure.sites.some((site) => site.mobile !== undefined)
  const blocks = elementBlocks(structure.sites)
  const lines = [
    (options.comment ?? structure.comment).replace(/\s+/g, ' ').trim(),
    '1.0',
    ...structure.lattice.map((row) => `  ${vectorText(row, 'a lattice vector')}`),
    `  ${blocks.map(({ element }) => element.padStart(4)).join(' ')}`,
    `  ${blocks.map(({ count }) => String(count).padStart(4)).join(' ')}`,
    ...(selective ? ['Selective dynamics'] : []),
    options.cartesian ? 'Cartesian' : 'Direct',
    ...structure.sites.map((site, index) => siteLine(structure, site, index, selective, options)),
  ]
  return lines.join('\n') + '\n'
}

function siteLine(structure: Structure, site: Site, index: number, selective: boolean, options: WritePoscarOptions) {
  const position = options.cartesian ? toCartesian(structure.lattice, site.fractional) : site.fractional
  const text = vectorText(position, `the position of atom ${index + 1} (${site.element})`)
  const flags = selective ? ' ' + (site.mobile ?? [true, true, true]).map((free) => (free ? '  T' : '  F')).join('') : ''
  const label = options.labels ? ` ${site.label ?? site.element}` : ''
  return `${text}${flags}${label}`
}

function elementBlocks(sites: readonly Site[]): readonly { element: string; count: number }[] {
  const blocks: { element: string; count: number }[] = []
  for (const { element } of sites) {
    const last = blocks.at(-1)
    if (last?.element === element) last.count += 1
    else blocks.push({ element, count: 1 })
  }
  return blocks
}

function vectorText(v: Vector3, what: string): string {
  if (!v.every(Number.isFinite)) throw new StructureNotFiniteError(what)
  return v.map((x) => ((Math.abs(x) < 5e-17 ? 0 : x).toFixed(16)).padStart(21)).join(' ')
}
