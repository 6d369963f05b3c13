/** Draws docs/slab.svg from the plan of the flagship screen: `npx tsx docs/make-slab-picture.ts`. */
import { writeFileSync } from 'node:fs'
import { planScreen } from '../src/app/plan/plan-screen.ts'
import { loadSymmetryEngine } from '../src/compose.ts'
import { neighboursWithin } from '../src/structure/neighbours.ts'
import { toCartesian } from '../src/structure/lattice.ts'
import type { Structure } from '../src/structure/structure.ts'

const look: Readonly<Record<string, { readonly radius: number; readonly fill: string }>> = {
  Li: { radius: 0.42, fill: '#7fb069' },
  Mn: { radius: 0.55, fill: '#8e5ea2' },
  O: { radius: 0.36, fill: '#d1495b' },
  B: { radius: 0.5, fill: '#edae49' },
}
const scale = 30
const bondLimit = 2.45

loadSymmetryEngine()
const { plan } = await planScreen('examples/li2mno3-010/screen.yaml')
const start = plan.calculations.find((each) => each.id === 'li2mno3-010/B-on-Mn/relax')?.start
if (start?.kind === 'structure') writeFileSync('docs/slab.svg', picture(start.structure))

/** Side view along b: x to the right, the surface normal up, far atoms first. */
function picture(structure: Structure): string {
  const positions = structure.sites.map((site) => toCartesian(structure.lattice, site.fractional))
  const [left, low] = [Math.min(...positions.map((p) => p[0])) - 1, Math.min(...positions.map((p) => p[2])) - 2.2]
  const [right, high] = [Math.max(...positions.map((p) => p[0])) + 1, Math.max(...positions.map((p) => p[2])) + 2.2]
  const x = (value: number) => ((value - left) * scale).toFixed(1)
  const y = (value: number) => ((high - value) * scale).toFixed(1)
  const bonds = neighboursWithin(structure, bondLimit).flatMap((list, i) =>
    list
      .filter((other) => structure.sites[i]?.element !== 'O' && structure.sites[i]?.element !== 'Li' && structure.sites[other.index]?.element === 'O')
      .filter((other) => other.image.every((step) => step === 0))
      .map((other) => {
        const from = positions[i] ?? [0, 0, 0]
        const to = [from[0] + other.vectorAngstrom[0], from[2] + other.vectorAngstrom[2]] as const
        return { depth: from[1], text: `<line x1="${x(from[0])}" y1="${y(from[2])}" x2="${x(to[0])}" y2="${y(to[1])}" stroke="#998aa8" stroke-width="3" stroke-linecap="round"/>` }
      }),
  )
  const atoms = structure.sites.map((site, i) => {
    const p = positions[i] ?? [0, 0, 0]
    const { radius, fill } = look[site.element] ?? { radius: 0.5, fill: '#888' }
    return { depth: p[1] - 0.01, text: `<circle cx="${x(p[0])}" cy="${y(p[2])}" r="${(radius * scale).toFixed(1)}" fill="${fill}" stroke="#fff" stroke-width="1.2"/>` }
  })
  const width = Math.ceil((right - left) * scale)
  const height = Math.ceil((high - low) * scale)
  const farFirst = (all: typeof atoms) => [...all].sort((a, b) => b.depth - a.depth).map((each) => each.text)
  const drawn = [...farFirst(bonds), ...farFirst(atoms)]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width + 90} ${height}" width="${width + 90}" height="${height}" font-family="sans-serif" font-size="15">
<title>Li2MnO3 (010), termination T1, three trilayers, with one B on each face</title>
<rect width="100%" height="100%" fill="#fff"/>
${drawn.join('\n')}
${legend(width + 20, height / 2 - 50)}
<text x="12" y="24" fill="#444">vacuum, 15 Å in all</text>
<text x="12" y="${height - 12}" fill="#444">Li₂MnO₃ (010), 144 atoms, one B on each face</text>
</svg>
`
}

function legend(left: number, top: number): string {
  return Object.entries(look)
    .map(([element, { fill }], i) => `<circle cx="${left}" cy="${top + i * 30}" r="9" fill="${fill}"/><text x="${left + 18}" y="${top + 5 + i * 30}" fill="#333">${element}</text>`)
    .join('\n')
}
