/** Where a dopant can go, and one slab for each depth: `npx tsx examples/02-dopant-series.ts`. */
import { readFileSync } from 'node:fs'
import { loadSymmetryEngine } from '../src/adapters/symmetry/moyo-from-package.ts'
import { readCif } from '../src/structure/cif/read-cif.ts'
import { formalChargeBalance } from '../src/structure/charge-balance.ts'
import { substitute } from '../src/structure/dopant/substitute.ts'
import { distinctSubstitutionSites } from '../src/structure/dopant/substitution-sites.ts'
import { buildSlab } from '../src/structure/slab/build-slab.ts'
import { formula } from '../src/structure/structure.ts'

loadSymmetryEngine()
const host = readCif(readFileSync('structures/li2mno3.cif', 'utf8')).structure
const oxidationStates = { Li: 1, Mn: 4, O: -2 }
const slab = buildSlab(host, { millerIndex: [0, 1, 0], thickness: { repeats: 3 }, oxidationStates })

for (const site of distinctSubstitutionSites(slab, 'Mn')) {
  const { structure } = substitute(slab.structure, site.label, { element: 'Al', oxidationState: 3 })
  const balance = formalChargeBalance(structure, oxidationStates)
  console.log(`${site.label} at ${site.depthAngstrom.toFixed(2)} Å, CN ${site.coordination}: ${formula(structure)}, balance ${balance} e`)
}
