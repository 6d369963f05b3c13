import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { dopant } from './command-line.ts'
import { li2mno3, limno2Cif, mgoPoscar } from './structure-fixtures.ts'

interface Info {
  readonly spaceGroup: { readonly number: number; readonly symbol: string }
  readonly densityGramPerCm3: number
  readonly orbits: readonly { readonly element: string; readonly wyckoff: string; readonly sites: readonly number[] }[]
  readonly oxidationStates: { readonly states?: readonly number[] }
  readonly warnings: readonly string[]
}

interface Neighbours {
  readonly environments: readonly {
    readonly element: string
    readonly coordinationNumber: number
    readonly bonds: readonly { readonly lengthAngstrom: number }[]
    readonly bondValenceSum: number
  }[]
}

async function info(...words: string[]): Promise<Info> {
  const { code, stdout } = await dopant(['structure', 'info', '--json', ...words])
  expect(code).toBe(0)
  return JSON.parse(stdout) as Info
}

async function mnBonds(words: readonly string[], stdin?: string): Promise<Neighbours['environments']> {
  const { stdout } = await dopant(['structure', 'neighbours', ...words, '--element', 'Mn', '--json'], stdin === undefined ? {} : { stdin })
  return (JSON.parse(stdout) as Neighbours).environments
}

describe('dopant structure info', () => {
  it('describes Li2MnO3 as its crystallographers do', async () => {
    const crystal = await info(li2mno3)

    expect(crystal.spaceGroup).toMatchObject({ number: 12, symbol: 'C2/m' })
    // Strobel and Lambert-Andron, J. Solid State Chem. 75, 90 (1988). Four Li2MnO3 (116.81 u) in 199.77 Å³ are 3.884 g/cm³.
    expect(crystal.orbits.map(({ element, wyckoff }) => `${element} ${wyckoff}`)).toEqual(['Mn 4g', 'Li 2b', 'Li 2c', 'Li 4h', 'O 4i', 'O 8j'])
    expect(crystal.densityGramPerCm3).toBeCloseTo(3.88, 2)
    expect(crystal.warnings).toEqual([])
  })

  it('finds Mn3+ in monoclinic LiMnO2 by its bonds and prints a formula as a chemist writes it', async () => {
    const { stdout } = await dopant(['structure', 'info', '-'], { stdin: limno2Cif })

    expect(stdout).toMatch(/formula +LiMnO2 /)
    expect(stdout).toMatch(/Mn +2a +2\/m +\+3 /)
  })

  it('reads a packed file from standard input', async () => {
    const { code, stdout } = await dopant(['structure', 'info', '-'], { stdin: gzipSync(mgoPoscar) })

    expect(code).toBe(0)
    expect(stdout).toContain('Fm-3m  (no. 225)')
    expect(stdout).toMatch(/Mg–O +2\.1050/)
  })

  it('takes the last frame of a trajectory and says so', async () => {
    const frame = (a: number): string => `1\nLattice="${a} 0 0 0 ${a} 0 0 0 ${a}" Properties=species:S:1:pos:R:3\nPo 0 0 0\n`
    const stdin = frame(3.3) + frame(3.35)

    const last = await dopant(['structure', 'info', '-'], { stdin })
    const first = await dopant(['structure', 'info', '-', '--frame', '1'], { stdin })

    expect(last.stdout).toMatch(/a b c +3\.3500[^]*warning: the last of 2 frames/)
    expect(first.stdout).toMatch(/a b c +3\.3000/)
    expect(first.stdout).not.toContain('warning')
  })
})

describe('dopant structure neighbours', () => {
  it('finds six bonds on Mn in bulk Li2MnO3, and a valence near four', async () => {
    const [mn] = await mnBonds([li2mno3])

    expect(mn?.coordinationNumber).toBe(6)
    expect(mn?.bondValenceSum).toBeGreaterThan(3.7)
    expect(mn?.bondValenceSum).toBeLessThan(4.2)
  })

  it('keeps the two long bonds of Mn3+ in monoclinic LiMnO2: four of 1.92 and two of 2.30 Å', async () => {
    const [mn] = await mnBonds(['-'], limno2Cif)

    const lengths = mn?.bonds.map(({ lengthAngstrom }) => lengthAngstrom.toFixed(2))
    expect(lengths).toEqual(['1.92', '1.92', '1.92', '1.92', '2.30', '2.30'])
  })

  it('finds Mn with four bonds in the outer planes of the (010) slab and with six inside', async () => {
    const { stdout: slab } = await dopant(['structure', 'slab', li2mno3, '--miller', '0', '1', '0'])

    const mn = await mnBonds(['-'], slab)

    expect(mn.map(({ coordinationNumber }) => coordinationNumber).sort((a, b) => a - b)).toEqual([4, 6, 6])
  })

  it('shows one atom and its equals, numbered from 1', async () => {
    const { stdout } = await dopant(['structure', 'neighbours', li2mno3, '--atom', '3'])

    expect(stdout).toMatch(/^Mn 1 +4g +\+4 +6 +O 2 × 1\.904, 2 × 1\.912, 2 × 1\.919/m)
    expect(stdout).not.toMatch(/^Li/m)
  })
})
