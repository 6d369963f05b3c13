import { interstitialVoids, type InterstitialVoid } from '../../src/structure/dopant/voids.ts'
import { buildSlab } from '../../src/structure/slab/build-slab.ts'
import type { SlabSite } from '../../src/structure/slab/slab.ts'
import { analyseSymmetry } from '../../src/structure/symmetry.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { grouped } from './grouped.ts'
import { readHost } from './hosts.ts'
import { markdownTable } from './section.ts'

/** Tetrahedral voids of the conventional cell, class by class. */
export function voidTable(): string {
  const host = li2mno3()
  const voids = interstitialVoids(host, { operations: analyseSymmetry(host).operations })
  const classes = [...grouped(voids, ({ voidClass }) => voidClass)]
  const rows = classes.map(([voidClass, members]) => voidRow(voidClass, members))
  const head = ['Class', 'Voids in the cell', 'First at', 'O at/Å', 'Cations that share its faces, at/Å']
  return `${voids.length} tetrahedral voids in ${classes.length} classes.\n\n${markdownTable([head, ...rows])}`
}

function voidRow(voidClass: number, members: readonly InterstitialVoid[]): (string | number)[] {
  const [first] = members
  const around = first?.cations
    .slice(0, 4)
    .map(({ element, distanceAngstrom }) => `${element} ${distanceAngstrom.toFixed(2)}`)
  return [
    voidClass + 1,
    members.length,
    first?.fractional.map((x) => x.toFixed(4)).join(' ') ?? '',
    first?.anionDistancesAngstrom.map((d) => d.toFixed(2)).join(' ') ?? '',
    around?.join(', ') ?? '',
  ]
}

/** Symmetry-distinct positions of the undoped 1×1 slab of three trilayers. */
export function orbitTable(): string {
  const slab = buildSlab(li2mno3(), { millerIndex: [0, 1, 0], thickness: { repeats: 3 } })
  const orbits = [...grouped(slab.sites, ({ orbit }) => orbit).values()]
  const elements = [...grouped(orbits, ([site]) => site?.element ?? '')].map(
    ([element, list]) => `${list.length} ${element}`,
  )
  const rows = orbits.map((members) => orbitRow(members))
  const head = ['Position', 'Wyckoff in the bulk', 'Layer', 'Depth/Å', 'Ions', 'Bonds']
  const summary = `${slab.sites.length} ions, ${slab.thicknessAngstrom.toFixed(2)} Å thick, on ${orbits.length} positions: ${elements.join(', ')}.`
  return `${summary}\n\n${markdownTable([head, ...rows])}`
}

function orbitRow(members: readonly SlabSite[]): (string | number)[] {
  const [first] = members
  if (first === undefined) return []
  return [
    first.label,
    first.wyckoff,
    first.layer ?? '–',
    first.depthAngstrom.toFixed(2),
    members.length,
    first.coordination,
  ]
}

function li2mno3(): Structure {
  const host = readHost({ file: 'li2mno3.cif', from: 'structures' })
  if (host === undefined) throw new Error('There is no li2mno3.cif in structures/.')
  return host
}
