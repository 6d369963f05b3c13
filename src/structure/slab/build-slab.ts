import type { Structure } from '../structure.ts'
import { StructureTooLargeError } from '../supercell.ts'
import { cationLayers } from './cation-layers.ts'
import { frozenAtoms, type FrozenLayers } from './frozen-layers.ts'
import { analyseHost, type HostCrystal } from './host-crystal.ts'
import {
  orientedRepeat,
  orientedVectorsAngstrom,
  type MillerIndex,
  type OrientedRepeat,
} from './oriented-repeat.ts'
import { asSlab, depthBetween, type Slab, type SlabSite } from './slab.ts'
import { stackRepeats, type Stack } from './stack.ts'
import { slabOperations } from './slab-operations.ts'
import { surfaceCell, surfaceCellSize, type SurfaceCell } from './surface-cell.ts'
import { terminationsOf, type Termination, type TerminationOptions } from './terminations.ts'
import { EmptySlabError, NoSuchTerminationError, VacuumError } from './slab-errors.ts'
import { wyckoffName } from '../symmetry.ts'
import { siteOrbits } from './site-orbits.ts'
import { placeInCell } from './place-in-cell.ts'

/** How thick: primitive repeats, or the fewest repeats that reach a number of atoms per 1×1 cell or a thickness. */
export type SlabThickness =
  { readonly repeats: number } | { readonly minimumAtoms: number } | { readonly minimumAngstrom: number }

export interface SlabOptions extends TerminationOptions {
  /** In the setting of the host cell as given. */
  readonly millerIndex: MillerIndex
  /** `T1` (the default), `T2` … as listed by `slabTerminations`. */
  readonly termination?: string
  readonly thickness: SlabThickness
  /** Between outermost atom centres across the boundary; 15 Å by default. */
  readonly vacuumAngstrom?: number
  /** Surface cell; 1×1 by default. */
  readonly cell?: SurfaceCell
  /** Count the surface cell in right-angled cells. */
  readonly orthogonal?: boolean
  readonly frozen?: FrozenLayers
  /** Refuse anything larger; 20 000 by default. */
  readonly maximumAtoms?: number
}

/**
 * A slab cut parallel to (hkl): whole primitive repeats, c perpendicular to a and b, the exact vacuum.
 *
 * a lies along x, the normal along z, the (hkl) face on top (large z), the middle of the slab at z = c/2.
 *
 * @throws MillerIndexError, NoSuchTerminationError, EmptySlabError, VacuumError, OverlappingAtomsError,
 *   InPlaneCellError, StructureTooLargeError
 */
export function buildSlab(host: Structure, options: SlabOptions): Slab {
  const vacuumAngstrom = checkedVacuum(options.vacuumAngstrom ?? 15)
  const crystal = analyseHost(host, options)
  const repeat = orientedRepeat(host, options.millerIndex, crystal.translations)
  const termination = chooseTermination(crystal, repeat, options)
  const repeats = repeatsFor(options.thickness, repeat, termination)
  const vectors = orientedVectorsAngstrom(host, repeat)
  const inPlaneMatrix = surfaceCell(vectors[0], vectors[1], options)
  const limit = options.maximumAtoms ?? 20_000
  const expected = Math.round(
    repeat.atoms.length * (repeats + termination.excess) * surfaceCellSize(inPlaneMatrix),
  )
  if (expected > limit) throw new StructureTooLargeError('The slab', expected, limit)
  const stack = stackRepeats(crystal, repeat, termination, repeats)
  if (stack.atoms.length === 0) throw new EmptySlabError('no atom lies between the two cuts')
  const unit = placeInCell(stack, {
    vectors,
    inPlaneMatrix: [
      [1, 0],
      [0, 1],
    ],
    vacuumAngstrom,
  })
  const operations = slabOperations(crystal, repeat, stack, unit)
  const orbits = siteOrbits(unit.structure, operations.unit)
  const described = describeAtoms(crystal, stack, orbits, options)
  return finishSlab({
    crystal,
    repeat,
    termination,
    repeats,
    vacuumAngstrom,
    inPlaneMatrix,
    vectors,
    stack,
    described,
    operations,
    options,
  })
}

interface Described {
  readonly wyckoff: string
  readonly layer: string | undefined
  readonly orbit: number
  readonly coordination: number
}

function describeAtoms(
  crystal: HostCrystal,
  stack: Stack,
  orbits: readonly number[],
  options: SlabOptions,
): readonly Described[] {
  const layers = cationLayers(crystal.structure, options.oxidationStates)
  return stack.atoms.map((atom, i) => ({
    wyckoff: wyckoffName(crystal.symmetry, atom.hostSite),
    layer: layers[atom.hostSite],
    orbit: orbits[i] ?? i,
    coordination: atom.coordination,
  }))
}

interface Parts {
  readonly crystal: HostCrystal
  readonly repeat: OrientedRepeat
  readonly termination: Termination
  readonly repeats: number
  readonly vacuumAngstrom: number
  readonly inPlaneMatrix: Slab['inPlaneMatrix']
  readonly vectors: ReturnType<typeof orientedVectorsAngstrom>
  readonly stack: Stack
  readonly described: readonly Described[]
  readonly operations: ReturnType<typeof slabOperations>
  readonly options: SlabOptions
}

function finishSlab(parts: Parts): Slab {
  const { crystal, repeat, termination, repeats, vacuumAngstrom, inPlaneMatrix, stack, options } = parts
  const { structure, parents, thicknessAngstrom, areaAngstrom2 } = placeInCell(stack, parts)
  const planeToleranceAngstrom = options.planeToleranceAngstrom ?? 0.3
  const geometry = { repeatAngstrom: repeat.repeatAngstrom, planeToleranceAngstrom }
  const frozen = frozenAtoms(
    stack.atoms.map((atom) => atom.heightAngstrom),
    options.frozen ?? 'none',
    geometry,
  )
  const sites = structure.sites.map((site, i) => ({
    ...site,
    ...((options.frozen ?? 'none') !== 'none' && { mobile: mobility(frozen[parents[i] ?? 0] === true) }),
  }))
  return asSlab({
    structure: { ...structure, comment: commentOf(crystal.structure, repeat, termination, repeats), sites },
    millerIndex: repeat.millerIndex,
    termination,
    repeats,
    vacuumAngstrom,
    thicknessAngstrom,
    areaAngstrom2,
    surfaceVectors: repeat.inPlane,
    inPlaneMatrix,
    repeatVectorAngstrom: parts.vectors[2],
    sites: parents.map((parent, i) => siteOf(stack, parent, sites[i]?.label ?? '', parts.described)),
    operations: parts.operations.inCell(inPlaneMatrix),
  })
}

function siteOf(stack: Stack, parent: number, label: string, described: readonly Described[]): SlabSite {
  const [atom, about] = [stack.atoms[parent], described[parent]]
  if (atom === undefined || about === undefined) throw new RangeError(`No atom ${parent} in the stack.`)
  const { layer, ...rest } = about
  return {
    label,
    element: atom.site.element,
    hostSite: atom.hostSite,
    ...depthBetween(atom.heightAngstrom, stack.lowAngstrom, stack.highAngstrom),
    ...rest,
    ...(layer !== undefined && { layer }),
  }
}

function chooseTermination(crystal: HostCrystal, repeat: OrientedRepeat, options: SlabOptions): Termination {
  const all = terminationsOf(crystal, repeat, { ...options, offStoichiometric: true })
  const asked = options.termination ?? 'T1'
  const found = all.find((termination) => termination.name === asked)
  if (found === undefined) throw new NoSuchTerminationError(asked, repeat.millerIndex, all)
  return found
}

function repeatsFor(thickness: SlabThickness, repeat: OrientedRepeat, termination: Termination): number {
  if ('repeats' in thickness) return checkedRepeats(thickness.repeats)
  if ('minimumAtoms' in thickness)
    return checkedRepeats(Math.ceil(thickness.minimumAtoms / repeat.atoms.length - termination.excess - 1e-9))
  // Outermost atoms stay half a gap below the cuts on both sides.
  const height = thickness.minimumAngstrom + termination.gapAngstrom
  return checkedRepeats(Math.ceil(height / repeat.repeatAngstrom - termination.excess - 1e-9))
}

function checkedRepeats(repeats: number): number {
  if (Number.isSafeInteger(repeats) && repeats >= 1) return repeats
  throw new EmptySlabError(`${repeats} is not a number of repeats`)
}

function checkedVacuum(vacuumAngstrom: number): number {
  if (vacuumAngstrom >= 1 && vacuumAngstrom <= 200) return vacuumAngstrom
  throw new VacuumError(vacuumAngstrom)
}

function commentOf(
  host: Structure,
  repeat: OrientedRepeat,
  termination: Termination,
  repeats: number,
): string {
  return `${host.comment} (${repeat.millerIndex.join(' ')}) ${termination.name}, ${repeats} repeats`.trim()
}

function mobility(frozen: boolean): readonly [boolean, boolean, boolean] {
  return [!frozen, !frozen, !frozen]
}
