/** How fast screens are enumerated: `npx tsx benchmarks/enumerate.ts`. Prints candidates per second of processor time. */
import { readFileSync } from 'node:fs'
import { loadSymmetryEngine } from '../src/compose.ts'
import { readCif } from '../src/structure/cif/read-cif.ts'
import { builtHost } from '../src/workflow/expand/built-host.ts'
import { namedDefects } from '../src/workflow/expand/named-defects.ts'
import { expandScreen } from '../src/workflow/expand/expand-screen.ts'
import { readScreen } from '../src/workflow/screen/read-screen.ts'

loadSymmetryEngine()
const crystal = readCif(readFileSync('structures/li2mno3.cif', 'utf8')).structure

const screen = (host: string, dopants: string) =>
  readScreen(
    `name: speed
host: { file: li2mno3.cif, oxidationStates: { Li: 1, Mn: 4, O: -2 }, form: ${host.startsWith('bulk') ? 'bulk' : 'slab'} }
${host}
dopants: { ${dopants} }
`,
    'benchmark',
  )

const slab = 'slab: { millerIndex: [0, 1, 0], supercell: [2, 2] }'
const cases = [
  [
    'pairs and triples of Al on Mn, bulk 2×1×2, 96 atoms',
    screen(
      'bulk: { supercell: [2, 1, 2] }',
      'elements: [Al], sites: [{ replace: Mn, count: 2, limit: 9999 }, { replace: Mn, count: 4, limit: 9999 }, { replace: Li, wyckoff: 4h, count: 4, limit: 9999 }]',
    ),
  ],
  [
    'five dopants on every site of the 144-atom slab, two compensations',
    screen(
      slab,
      'elements: [B, P, S, Si, Al], sites: [{ replace: Mn, depth: any }, { replace: Li, depth: any }], compensation: [electronic, { vacancy: Li, interstitial: Li }]',
    ),
  ],
  [
    'two to six of eight Li of the surface plane, 4×2 cell of 288 atoms',
    screen(
      'slab: { millerIndex: [0, 1, 0], supercell: [4, 2] }',
      `elements: [Mg], sites: [${[2, 3, 4, 5, 6].map((count) => `{ name: n${count}, replace: Li, layer: Li-layer, count: ${count} }`).join(', ')}]`,
    ),
  ],
] as const

for (const [name, spec] of cases) {
  const host = builtHost(spec, crystal)
  const enumeration = processorSeconds(() => namedDefects(spec, host).defects.length)
  const whole = processorSeconds(() => expandScreen(spec, crystal).candidates.length)
  console.log(`${name}: ${enumeration.count} candidates`)
  console.log(`  enumerated at ${rate(enumeration)}/s, planned with all atoms and inputs at ${rate(whole)}/s`)
}

function processorSeconds(run: () => number): { readonly count: number; readonly seconds: number } {
  run()
  const before = process.cpuUsage()
  const count = run()
  const { user, system } = process.cpuUsage(before)
  return { count, seconds: (user + system) / 1e6 }
}

function rate({ count, seconds }: { readonly count: number; readonly seconds: number }): string {
  return Math.round(count / seconds).toString()
}
