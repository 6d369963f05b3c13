import { methodPreset } from '../../vasp/input/method-presets.ts'
import { distinct, type StepMethod } from '../results/step-methods.ts'

/** What a statement in the methods rests on, by a short name. */
export const sources = {
  vasp: [
    'G. Kresse and J. Furthmüller, Phys. Rev. B 54, 11169 (1996)',
    'G. Kresse and J. Furthmüller, Comput. Mater. Sci. 6, 15 (1996)',
  ],
  paw: ['P. E. Blöchl, Phys. Rev. B 50, 17953 (1994)', 'G. Kresse and D. Joubert, Phys. Rev. B 59, 1758 (1999)'],
  hubbard: ['S. L. Dudarev, G. A. Botton, S. Y. Savrasov, C. J. Humphreys and A. P. Sutton, Phys. Rev. B 57, 1505 (1998)'],
  mesh: ['H. J. Monkhorst and J. D. Pack, Phys. Rev. B 13, 5188 (1976)'],
  bader: ['G. Henkelman, A. Arnaldsson and H. Jónsson, Comput. Mater. Sci. 36, 354 (2006)'],
  nearGrid: ['W. Tang, E. Sanville and G. Henkelman, J. Phys.: Condens. Matter 21, 084204 (2009)'],
  weight: ['M. Yu and D. R. Trinkle, J. Chem. Phys. 134, 064111 (2011)'],
  bondValence: ['I. D. Brown and D. Altermatt, Acta Crystallogr. B 41, 244 (1985)'],
  effectiveCoordination: ['R. Hoppe, Z. Kristallogr. 150, 23 (1979)'],
  formation: ['C. G. Van de Walle and J. Neugebauer, J. Appl. Phys. 95, 3851 (2004)'],
  oxygenCorrection: ['L. Wang, T. Maxisch and G. Ceder, Phys. Rev. B 73, 195107 (2006)'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Numbers references in the order in which the text names them. */
export class Bibliography {
  readonly #entries: string[] = []

  /** `[1,2]` for the sources, which are added where they are new; empty without any. */
  cite(...texts: readonly string[]): string {
    const numbers = texts.map((text) => {
      const index = this.#entries.indexOf(text)
      return index >= 0 ? index + 1 : this.#entries.push(text)
    })
    return numbers.length === 0 ? '' : ` [${numbers.join(',')}]`
  }

  get entries(): readonly string[] {
    return this.#entries
  }
}

/** Papers behind the functional of a step; web pages are left to the documentation. */
export function functionalSources({ planned, functionals }: StepMethod): readonly string[] {
  const { label } = methodPreset(planned.method)
  // Of an imported run the plan holds no more than a stand-in for a functional that has no preset.
  if (!functionals.some((name) => name === label || name === `${label}+U`)) return []
  return distinct(methodPreset(planned.method).sources.filter((source) => !source.startsWith('http')))
}

export function partitionSources(method: StepMethod): readonly string[] {
  const words = method.partitions.join(' ')
  return [
    ...sources.bader,
    ...(/near-?grid/i.test(words) ? sources.nearGrid : []),
    ...(/weight/i.test(words) ? sources.weight : []),
  ]
}
