import { equivalentOnOtherFace, type FacePartner } from '../../structure/dopant/other-face.ts'
import { interstitialVoids, type InterstitialVoid, type VoidKind } from '../../structure/dopant/voids.ts'
import { cationLayers } from '../../structure/slab/cation-layers.ts'
import { millerIndexOf } from '../../structure/slab/miller-index.ts'
import { reconstructPolarSlab } from '../../structure/slab/reconstruct.ts'
import { buildSlab, type SlabOptions } from '../../structure/slab/build-slab.ts'
import { sitePermutations } from '../../structure/slab/site-orbits.ts'
import { symmetryOfSlab, type Slab } from '../../structure/slab/slab.ts'
import { withNumberedLabels } from '../../structure/labels.ts'
import { makeSupercell } from '../../structure/supercell.ts'
import type { Structure } from '../../structure/structure.ts'
import { analyseSymmetry, wyckoffName, type SymmetryOperation } from '../../structure/symmetry.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { SlabMissingError } from './expand-errors.ts'
import { siteOrDefaultStates } from './oxidation-states.ts'

/** The undoped cell of a screen, cut or repeated, with what is known of each of its ions. */
export interface BuiltHost {
  /** The crystal of the host file. */
  readonly crystal: Structure
  /** Labelled, in built order. */
  readonly structure: Structure
  readonly ions: readonly HostIon[]
  /** Only for slabs. */
  readonly slab: Slab | undefined
  /** All operations of the cell. */
  readonly operations: () => readonly SymmetryOperation[]
  /** [operation][ion] those operations as permutations of the ions; for slabs those that keep the faces. */
  readonly permutations: () => readonly (readonly number[])[]
  /** The same ion on the other face of a slab; undefined in bulk and where there is none. */
  readonly partner: (label: string) => FacePartner | undefined
  /** Empty places of a kind, with the classes of the cell's own symmetry. */
  readonly voids: (kind: VoidKind) => readonly InterstitialVoid[]
}

export interface HostIon {
  readonly label: string
  readonly element: string
  /** Position in the host crystal, for instance `4g`. */
  readonly wyckoff: string
  readonly layer: string | undefined
  /** null in a bulk crystal. */
  readonly depthAngstrom: number | null
  /** null in a bulk crystal. */
  readonly face: 'top' | 'bottom' | 'centre' | null
  /** Symmetry-distinct positions, numbered in built order. */
  readonly orbit: number
}

/** @throws SlabMissingError, and whatever `buildSlab` and `makeSupercell` throw */
export function builtHost(screen: Screen, crystal: Structure): BuiltHost {
  return screen.host.form === 'bulk' ? bulkHost(screen, crystal) : slabHost(screen, crystal)
}

function slabHost(screen: Screen, crystal: Structure): BuiltHost {
  if (screen.slab === undefined) throw new SlabMissingError()
  const { millerIndex, termination, vacuumAngstrom, freeze, orthogonal } = screen.slab
  const cut = buildSlab(crystal, {
    millerIndex: millerIndexOf(millerIndex),
    termination,
    ...sizeOf(screen.slab),
    vacuumAngstrom,
    orthogonal,
    frozen: freeze === 'none' ? 'none' : { part: freeze, repeats: 1 },
    oxidationStates: siteOrDefaultStates(screen),
  })
  const slab = screen.slab.reconstruct ? reconstructPolarSlab(cut) : cut
  const operations = once(() => symmetryOfSlab(slab))
  const keepFaces = () => operations().filter(({ rotation }) => rotation[2][2] === 1)
  return {
    crystal,
    structure: slab.structure,
    ions: slab.sites.map(({ layer, ...site }) => ({ ...site, layer })),
    slab,
    operations,
    permutations: once(() => sitePermutations(slab.structure, keepFaces())),
    partner: remembered((label: string) => equivalentOnOtherFace(slab, label)),
    voids: voidsOf(screen, slab.structure, operations),
  }
}

function sizeOf(slab: NonNullable<Screen['slab']>): Pick<SlabOptions, 'thickness' | 'cell'> {
  const { supercell, minimumImageDistanceAngstrom } = slab
  return {
    thickness: thicknessOf(slab),
    cell:
      minimumImageDistanceAngstrom === undefined ? { repeats: supercell } : { minimumImageDistanceAngstrom },
  }
}

function thicknessOf({ repeats, minimumThicknessAngstrom, minimumAtoms }: NonNullable<Screen['slab']>): SlabOptions['thickness'] {
  if (minimumThicknessAngstrom !== undefined) return { minimumAngstrom: minimumThicknessAngstrom }
  return minimumAtoms === undefined ? { repeats } : { minimumAtoms }
}

/** The cell of the host file, repeated. */
export function bulkHost(
  screen: Screen,
  crystal: Structure,
  supercell = screen.bulk?.supercell ?? [1, 1, 1],
): BuiltHost {
  const structure = labelled(screen, makeSupercell(crystal, supercell))
  const symmetry = analyseSymmetry(crystal)
  const layers = cationLayers(crystal, siteOrDefaultStates(screen))
  const orbits = [...new Set(symmetry.equivalentTo)]
  const images = structure.sites.length / crystal.sites.length
  const operations = once(() => (images === 1 ? symmetry.operations : analyseSymmetry(structure).operations))
  return {
    crystal,
    structure,
    ions: structure.sites.map((site, i) => {
      const inCrystal = Math.floor(i / images)
      return {
        label: site.label ?? '',
        element: site.element,
        wyckoff: wyckoffName(symmetry, inCrystal),
        layer: layers[inCrystal],
        depthAngstrom: null,
        face: null,
        orbit: orbits.indexOf(symmetry.equivalentTo[inCrystal] ?? inCrystal),
      }
    }),
    slab: undefined,
    operations,
    permutations: once(() => sitePermutations(structure, operations())),
    partner: () => undefined,
    voids: voidsOf(screen, structure, operations),
  }
}

// A CIF may call all ions of an orbit `Mn1`; labels have to be unique. Formal charges go with the element, as in slabs.
function labelled(screen: Screen, structure: Structure): Structure {
  const states = siteOrDefaultStates(screen)
  const sites = withNumberedLabels(structure.sites).map((site) => {
    const state = site.oxidationState ?? states[site.element]
    return state === undefined ? site : { ...site, oxidationState: state }
  })
  return { ...structure, sites }
}

function voidsOf(
  screen: Screen,
  structure: Structure,
  operations: BuiltHost['operations'],
): BuiltHost['voids'] {
  const oxidationStates = siteOrDefaultStates(screen)
  return remembered((kind: VoidKind) =>
    interstitialVoids(structure, { kind, oxidationStates, operations: operations() }),
  )
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, { readonly value: V }>()
  return (key) => {
    const entry = known.get(key) ?? { value: make(key) }
    known.set(key, entry)
    return entry.value
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
