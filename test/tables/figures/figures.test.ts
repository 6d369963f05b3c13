import { describe, expect, it } from 'vitest'
import { bondDistributionFigure } from '../../../src/tables/figures/bond-distribution.ts'
import { bondsAndChargesFigure, type BondsAndChargesData } from '../../../src/tables/figures/bonds-and-charges.ts'
import { convergenceFigure } from '../../../src/tables/figures/convergence.ts'
import { oxygenDistancesFigure } from '../../../src/tables/figures/oxygen-distances.ts'
import { planarPotentialsFigure } from '../../../src/tables/figures/planar-potentials.ts'
import { siteEnergiesFigure } from '../../../src/tables/figures/site-energies.ts'
import { stateDensitiesFigure } from '../../../src/tables/figures/state-densities.ts'
import { themes, type ThemeName } from '../../../src/tables/figures/theme.ts'

const words = { title: 'B & P in <Li2MnO3>', caption: 'Means.' }
const bonds = {
  ...words,
  name: 'bonds',
  chargeTitle: 'charge of O (e)',
  referenceWords: 'published mean',
  entries: [
    { element: 'B', series: 'on Mn', meanAngstrom: 1.38, minAngstrom: 1.3, maxAngstrom: 1.44, coordination: '3', chargeE: -1.02, referenceAngstrom: 1.28 },
    { element: 'P', series: 'on Mn', meanAngstrom: 1.54, minAngstrom: 1.5, maxAngstrom: 1.6, coordination: '4', chargeE: -1.1, referenceAngstrom: 1.56 },
    { element: 'P', series: 'on Li', meanAngstrom: 1.53, minAngstrom: 1.5, maxAngstrom: 1.6, coordination: '4 × 1, 5 × 1', chargeE: null },
  ],
} satisfies Omit<BondsAndChargesData, 'isRehearsal'>

const siteEnergies = [
  { element: 'Al', series: 'on Mn', energies: [{ condition: 'O2 + Li2O', energyEv: 0.4 }, { condition: 'O2 + MnO2', energyEv: 1.2 }] },
  { element: 'V_{O}', series: 'vacancy', energies: [{ condition: 'O2 + Li2O', energyEv: -0.2 }] },
] // prettier-ignore
const states = {
  words: 'undoped', firstEv: -2, stepEv: 1,
  curves: [{ name: 'total', spins: [[0, 3, 1, 0], [0, 2, 0, 1]] }, { name: 'O p', spins: [[0, 2, 0, 0], [0, 2, 0, 0]] }],
} // prettier-ignore

/** Every kind of figure, with ordinary data. */
function everyFigure(isRehearsal: boolean) {
  return [
    bondsAndChargesFigure({ ...bonds, isRehearsal }),
    bondDistributionFigure({ ...words, isRehearsal, entries: [{ element: 'B', series: 'on Mn', lengthsAngstrom: [1.37, 1.37, 1.38] }] }),
    oxygenDistancesFigure({ ...words, isRehearsal, xTitle: 'x', classes: [['O_2-like', 1.25]], points: [{ x: 2, distanceAngstrom: 2.56, line: 'undoped' }] }),
    convergenceFigure({ ...words, isRehearsal, courses: [{ words: 'B', colourGroup: 'B', dashGroup: 'Mn', energiesEv: [-10, -11, -11.1], maxForcesEvPerAngstrom: [1, 0.1, null] }] }),
    siteEnergiesFigure({ ...words, isRehearsal, axisTitle: 'formation energy (eV)', entries: siteEnergies }),
    stateDensitiesFigure({ ...words, isRehearsal, name: 'dos', curveNames: ['total', 'O p'], panels: [states, { ...states, words: 'B-on-Mn' }] }),
    planarPotentialsFigure({ ...words, isRehearsal, slabAngstrom: [8, 16], curves: [{ words: 'undoped', stepAngstrom: 5, valuesEv: [5, 5, -8, -8, 5] }] }),
  ]
}

describe('every figure', () => {
  it('says that it is a rehearsal, across the picture and below it, in both themes, and only then', () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const figure of everyFigure(true)) {
        expect(figure.svg(theme)).toContain('>REHEARSAL<')
        expect(figure.svg(theme)).toContain('not of DFT')
      }
      for (const figure of everyFigure(false)) expect(figure.svg(theme)).not.toMatch(/rehears/i)
    }
  })

  it('has the width of a journal column in mm, and points inside, so that text keeps its size', () => {
    for (const figure of everyFigure(false)) {
      const [, mm = '', points = ''] = /width="([\d.]+)mm".*viewBox="0 0 ([\d.]+)/.exec(figure.svg('light')) ?? []
      expect([85, 120, 178]).toContain(Number(mm))
      expect(Number(points)).toBeCloseTo((Number(mm) * 72) / 25.4, 1)
    }
  })

  it('keeps its words as text, escaped, with a title and a description for those who cannot see it', () => {
    for (const figure of everyFigure(false)) {
      const svg = figure.svg('light')
      expect(svg).toContain('<title>B &amp; P in &lt;Li2MnO3&gt;</title><desc>Means.</desc>')
      expect(svg).toMatch(/<text [^>]*>/)
      expect(svg).not.toMatch(/NaN|undefined|Infinity|https?:(?!\/\/www\.w3\.org\/2000\/svg)/)
    }
  })

  it('draws everything inside the picture', () => {
    for (const figure of everyFigure(true)) {
      const svg = figure.svg('light')
      const [, width = '', height = ''] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
      const xs = [...svg.matchAll(/ (?:x|cx|x1|x2)="(-?[\d.]+)"/g)].map((match) => Number(match[1]))
      const ys = [...svg.matchAll(/ (?:y|cy|y1|y2)="(-?[\d.]+)"/g)].map((match) => Number(match[1]))
      expect(Math.min(...xs, ...ys)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...xs)).toBeLessThanOrEqual(Number(width) + 0.01)
      expect(Math.max(...ys)).toBeLessThanOrEqual(Number(height) + 0.01)
    }
  })

  it('can be drawn of a single value', () => {
    const one = { element: 'B', series: 'on Mn', lengthsAngstrom: [1.37] }

    expect(bondDistributionFigure({ ...words, isRehearsal: false, entries: [one] }).svg('light')).not.toContain('NaN')
  })
})

describe('bars of bond lengths', () => {
  const svg = bondsAndChargesFigure({ ...bonds, isRehearsal: false }).svg('light')

  it('begin at zero: their heights are as their lengths', () => {
    const bars = [...svg.matchAll(/<rect [^>]*?height="([\d.]+)"[^>]*><title>\w+ [^:]*: mean ([\d.]+)/g)]
    const perAngstrom = bars.map(([, height, length]) => Number(height) / Number(length))

    expect(bars).toHaveLength(3)
    for (const value of perAngstrom) expect(value / perAngstrom[0]!).toBeCloseTo(1, 3)
  })

  it('name the mean and the coordination, without which a mean says little', () => {
    expect(svg).toContain('>1.38 · CN 3<')
    expect(svg).toContain('>1.53 · CN 4,5<')
  })

  it('have one charge mark for each charge that is known', () => {
    expect([...svg.matchAll(/<title>\w+ [^:]*: -\d\.\d{3} e</g)]).toHaveLength(2)
  })

  it('show published means beside DFT only: beside a rehearsal they would look like a reproduction', () => {
    expect(svg).toContain('published mean')
    expect(bondsAndChargesFigure({ ...bonds, isRehearsal: true }).svg('light')).not.toContain('published mean')
  })
})

describe('colours', () => {
  it.each(['light', 'dark'] as const)('%s: words stand out from the background by 4.5 to 1 at least', (name: ThemeName) => {
    const { ink, muted, accent, background } = themes[name]

    for (const colour of [ink, muted, accent]) expect(contrast(colour, background)).toBeGreaterThan(4.5)
  })

  it.each(['light', 'dark'] as const)('%s: the first five stay apart for readers without green or red cones', (name: ThemeName) => {
    for (const see of [(rgb: Rgb) => rgb, withoutMediumCones, withoutLongCones]) {
      const seen = themes[name].colours.slice(0, 5).map((colour) => see(linearRgb(colour)))
      seen.forEach((one, n) => seen.slice(n + 1).forEach((other) => expect(distance(one, other)).toBeGreaterThan(0.07)))
    }
  })
})

type Rgb = readonly [number, number, number]

function linearRgb(hex: string): Rgb {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(3), channel(5)]
}

/** WCAG 2.1. */
function contrast(one: string, other: string): number {
  const [a, b] = [one, other].map((hex) => {
    const [red, green, blue] = linearRgb(hex)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }) as [number, number]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Viénot, Brettel and Mollon, Color Res. Appl. 24, 243 (1999), in linear RGB. */
function withoutMediumCones([r, g, b]: Rgb): Rgb {
  const mixed = 0.29275 * r + 0.70725 * g
  return [mixed, mixed, -0.02234 * r + 0.02234 * g + b]
}

function withoutLongCones([r, g, b]: Rgb): Rgb {
  const mixed = 0.11238 * r + 0.88762 * g
  return [mixed, mixed, 0.00401 * r - 0.00401 * g + b]
}

function distance(one: Rgb, other: Rgb): number {
  return Math.hypot(...one.map((value, n) => Math.sqrt(Math.max(0, value)) - Math.sqrt(Math.max(0, other[n]!))))
}

describe('energies by site', () => {
  const svg = siteEnergiesFigure({ ...words, isRehearsal: false, axisTitle: 'formation energy (eV)', entries: siteEnergies }).svg('light')

  it('lower the numbers of formulas in the legend and keep them in what a pointer shows', () => {
    expect(svg).toMatch(/ \+ Li<\/tspan><tspan[^>]*>2<\/tspan>/)
    expect(svg).toContain('Al on Mn, O2 + MnO2: 1.200 eV')
  })

  it('tell more conditions apart than there are shapes', () => {
    const conditions = ['A', 'B', 'C', 'D', 'E', 'F'].map((condition, n) => ({ condition, energyEv: n }))
    const many = siteEnergiesFigure({ ...words, isRehearsal: false, axisTitle: 'E', entries: [{ element: 'Al', series: 'on Mn', energies: conditions }] }).svg('light')
    const marks = [...many.matchAll(/<(circle|polygon) ([^>]*)>/g)].slice(0, 6).map(([, tag, attributes = '']) => `${tag} ${attributes.replace(/(cx|cy|points|stroke-linejoin)="[^"]*"/g, '')}`)
    // The first four differ in shape, which for polygons is in their points; the next two are the first two, open.
    const isOpen = marks.map((each) => each.includes('stroke-width="1.1"'))

    expect(isOpen).toEqual([false, false, false, false, true, true])
    expect(marks[4]).not.toBe(marks[0])
  })

  it('place two energies of one site beside each other, so that equal ones do not hide', () => {
    const circles = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="2.8"/g)]
    const squares = [...svg.matchAll(/<polygon points="([\d.]+),/g)]

    expect(circles).toHaveLength(2)
    expect(squares.length).toBeGreaterThan(0)
  })
})

describe('densities of states', () => {
  it('draw spin down below the line and leave out stretches without states', () => {
    const svg = stateDensitiesFigure({ ...words, isRehearsal: false, name: 'dos', curveNames: ['O p'], panels: [{ ...states, curves: [{ name: 'O p', spins: [[0, 2, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0]] }] }] }).svg('light')
    const curves = [...svg.matchAll(/<path d="([^"]+)" fill="none" stroke="#0072B2"/g)].map((match) => match[1] ?? '').slice(1)
    const heights = curves.map((d) => [...d.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map((point) => Number(point[1])))

    expect(heights).toHaveLength(2)
    expect(heights[0]).toHaveLength(3)
    expect(Math.min(...heights[0]!)).toBeLessThan(Math.min(...heights[1]!))
  })
})
