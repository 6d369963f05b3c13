/** A slab from a bulk crystal, with its terminations: `npx tsx examples/01-slab-from-bulk.ts`. */
import { readFileSync } from 'node:fs'
import { loadSymmetryEngine } from '../src/adapters/symmetry/moyo-from-package.ts'
import { readCif } from '../src/structure/cif/read-cif.ts'
import { writePoscar } from '../src/structure/poscar.ts'
import { buildSlab } from '../src/structure/slab/build-slab.ts'
import { slabTerminations } from '../src/structure/slab/terminations.ts'

loadSymmetryEngine()
const host = readCif(readFileSync('structures/li2mno3.cif', 'utf8')).structure
const oxidationStates = { Li: 1, Mn: 4, O: -2 }

for (const { name, summary } of slabTerminations(host, [0, 1, 0], { oxidationStates })) console.log(`${name}: ${summary}`)

const slab = buildSlab(host, { millerIndex: [0, 1, 0], termination: 'T1', thickness: { repeats: 3 }, oxidationStates })
console.log(`${slab.structure.sites.length} atoms, ${slab.thicknessAngstrom.toFixed(2)} Å thick`)
console.log(writePoscar(slab.structure).split('\n').slice(0, 8).join('\n'))
