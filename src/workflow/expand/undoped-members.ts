import type { AtomPairing } from '../../structure/dopant/paired-rattle.ts'
import type { Structure } from '../../structure/structure.ts'
import type { Candidate } from '../candidate.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { asWritten, inPoscarOrder } from './as-written.ts'
import { bulkHost, type BuiltHost } from './built-host.ts'
import { chemistryOf } from './describe-candidate.ts'
import { startWords, type Member } from './member.ts'
import { seededHost, type SeededHost } from './seeded-host.ts'
import { magneticOrders, seedOf, variationsOf } from './variations.ts'

/** The host as it is, once for each start. */
export function pristineMembers(screen: Screen, host: BuiltHost, seeded: SeededHost): readonly Member[] {
  const pairing = facePairing(screen, host)
  return variationsOf(screen, false).map((variation) => {
    const id = `pristine${variation.suffix}`
    const built = seeded(variation.order)
    const structure = asWritten(screen, {
      id,
      built,
      added: [],
      removedLabels: [],
      pairing,
      seed: variation.seed,
    })
    return {
      structure,
      origin: { kind: 'built' },
      variation,
      hasDipole: hasUnlikeFaces(host),
      candidate: {
        ...undoped(screen, id, structure, frozenWords(host, screen)),
        ...startWords('pristine', id),
      },
    }
  })
}

/**
 * The crystal in the lattice of the host file, which the slab shares: what surface energies are measured against. It is
 * not rattled, because the perfect crystal is its own minimum.
 */
export function referenceMembers(screen: Screen, crystal: Structure): readonly Member[] {
  return screen.references.filter((rule) => rule === 'bulk').map(() => {
    const host = bulkHost(screen, crystal, [1, 1, 1])
    const order = magneticOrders(screen)[0] ?? 'fm'
    const structure = {
      ...inPoscarOrder(screen, seededHost(screen, host)(order), []),
      comment: `${screen.name} bulk`,
    }
    return {
      structure,
      origin: { kind: 'built' },
      variation: { suffix: '', seed: seedOf(screen), order, bondDistortion: 0 },
      hasDipole: false,
      candidate: { ...undoped(screen, 'bulk', structure, 'none'), series: 'reference' },
    }
  })
}

function undoped(screen: Screen, id: string, structure: Structure, frozenLayers: string): Candidate {
  return {
    id,
    series: 'pristine',
    dopant: null,
    site: null,
    depthAngstrom: null,
    delithiation: null,
    faces: 'none',
    frozenLayers,
    warnings: [],
    ...chemistryOf(screen, structure),
  }
}

/** Do the two faces of a slab differ before anything is done to them? */
export function hasUnlikeFaces({ slab }: BuiltHost): boolean {
  return slab !== undefined && !slab.termination.symmetricFaces
}

/** Where dopants come in pairs, the undoped slab is rattled in pairs too, so that it starts as its series does. */
function facePairing(screen: Screen, { ions, partner }: BuiltHost): AtomPairing | undefined {
  const onFace = ions.find((ion) => ion.face === 'top')
  return screen.dopants?.faces === 'one' || onFace === undefined ? undefined : partner(onFace.label)
}

export function frozenWords({ structure }: BuiltHost, { slab }: Screen): string {
  const frozen = structure.sites.filter((site) => site.mobile?.every((free) => !free) === true).length
  return frozen === 0
    ? 'none'
    : `${frozen} atoms ${slab?.freeze === 'bottom' ? 'at the bottom' : 'in the centre'}`
}
