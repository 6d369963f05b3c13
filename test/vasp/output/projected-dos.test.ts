import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readVasprun } from '../../../src/vasp/output/vasprun/read-vasprun.ts'
import { sharedFolder } from '../../structure/shared-files.ts'

const corpus = sharedFolder('corpus')

async function* chunksOf(text: string, size = 4096) {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size), 'latin1')
}

const set = (ion: number, spins: readonly string[]) =>
  `<set comment="ion ${ion}">${spins.map((rows, n) => `<set comment="spin ${n + 1}">${rows}</set>`).join('')}</set>`

/** Two Mn and one O with s, p and two d functions on two energies. */
const file = `<modeling><generator><i name="version" type="string">6.3.2 </i></generator>
<atominfo><atoms> 3 </atoms><array name="atoms"><set><rc><c>Mn</c><c>   1</c></rc><rc><c>Mn</c><c>   1</c></rc><rc><c>O </c><c>   2</c></rc></set></array>
<array name="atomtypes"><set><rc><c>   2</c><c>Mn</c><c>54.9</c><c>13.0</c><c>  PAW_PBE Mn_pv 02Aug2007  </c></rc><rc><c>   1</c><c>O </c><c>16.0</c><c>6.0</c><c>  PAW_PBE O 08Apr2002  </c></rc></set></array></atominfo>
<calculation><dos><i name="efermi">      1.50000000 </i><total><array><field>energy</field><field>total</field><field>integrated</field>
<set><set comment="spin 1"><r> -1.0 9.0 0.0 </r><r> 1.0 8.0 0.0 </r></set><set comment="spin 2"><r> -1.0 7.0 0.0 </r><r> 1.0 6.0 0.0 </r></set></set></array></total>
<partial><array><dimension dim="1">gridpoints</dimension><field>energy</field><field>    s  </field><field>   py  </field><field>  dxy  </field><field>x2-y2</field><set>
${set(1, ['<r> -1.0 0.1 0.2 1.0 2.0 </r><r> 1.0 0.0 0.0 0.5 0.5 </r>', '<r> -1.0 0.0 0.0 0.3 0.4 </r><r> 1.0 0.0 0.0 0.0 0.0 </r>'])}
${set(2, ['<r> -1.0 0.1 0.0 1.5 0.0 </r><r> 1.0 0.0 0.0 0.0 0.0 </r>', '<r> -1.0 0.0 0.0 0.1 0.0 </r><r> 1.0 0.0 0.0 0.0 0.0 </r>'])}
${set(3, ['<r> -1.0 0.7 4.0 0.0 0.0 </r><r> 1.0 0.0 0.1 0.0 0.0 </r>', '<r> -1.0 0.7 3.0 0.0 0.0 </r><r> 1.0 0.0 0.2 0.0 0.0 </r>'])}
</set></array></partial></dos></calculation></modeling>`

describe('partial densities of states', () => {
  it('are summed over the ions of an element and the functions of an angular momentum, wherever the file is cut into pieces', async () => {
    for (const size of [17, 100, 4096]) {
      const { projectedDos, totalDos } = await readVasprun(chunksOf(file, size), { projections: true })
      const of = (element: string, orbital: string) =>
        projectedDos!.groups.find((group) => group.element === element && group.orbital === orbital)!.statesPerEv.map((spin) => [...spin].map((x) => Number(x.toFixed(6))))

      expect([...projectedDos!.energiesEv]).toEqual([-1, 1])
      expect(of('Mn', 'd')).toEqual([[4.5, 1], [0.8, 0]]) // prettier-ignore
      expect(of('O', 'p')).toEqual([[4, 0.1], [3, 0.2]]) // prettier-ignore
      expect(of('Mn', 's')).toEqual([[0.2, 0], [0, 0]]) // prettier-ignore
      expect([...totalDos!.statesPerEv[0]!]).toEqual([9, 8])
    }
  })

  it('are passed over unless they are asked for', async () => {
    expect((await readVasprun(chunksOf(file))).projectedDos).toBeUndefined()
  })
})

describe.skipIf(corpus === undefined)('a real vasprun.xml', () => {
  it('gives the sums that a search by pattern gives: K2SnO3-like oxide, VASP 5.4.1, spin-polarised', async () => {
    const path = join(corpus ?? '', 'files/custodian-lobster-vasp_lobster_output/vasprun.xml')
    const text = existsSync(path) ? readFileSync(path, 'latin1') : gunzipSync(readFileSync(`${path}.gz`)).toString('latin1')
    const { projectedDos, elements } = await readVasprun(chunksOf(text, 1 << 16), { projections: true })

    const partial = text.slice(text.indexOf('<partial>'), text.indexOf('</partial>'))
    const fields = [...partial.matchAll(/<field>\s*(\S+)\s*<\/field>/g)].map(([, name]) => name!)
    const sums = new Map<string, number>()
    partial.split(/<set comment="ion \d+">/).slice(1).forEach((block, ion) => {
      for (const [, row] of block.matchAll(/<r>([^<]*)<\/r>/g))
        row!.trim().split(/\s+/).slice(1).forEach((word, n) => {
          const name = fields[n + 1]!
          const key = `${elements[ion]} ${name === 'x2-y2' ? 'd' : name[0]}`
          sums.set(key, (sums.get(key) ?? 0) + Number(word))
        })
    })

    expect(sums.size).toBeGreaterThan(6)
    for (const { element, orbital, statesPerEv } of projectedDos!.groups) {
      const sum = statesPerEv.reduce((total, spin) => spin.reduce((all, value) => all + value, total), 0)
      expect(sum).toBeCloseTo(sums.get(`${element} ${orbital}`)!, 6)
    }
  })
})
