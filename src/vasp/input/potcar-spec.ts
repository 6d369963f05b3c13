import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Structure } from '../../structure/structure.ts'
import { defaultPawSymbol, elementOfSymbol, knownPawSymbols, pawDataset } from './paw-data.ts'
import { speciesBlocks } from './species-blocks.ts'

export type PotcarFunctional = 'PBE' | 'LDA'

/** Which dataset one species of POSCAR takes. The file itself stays on the site: its content is licensed. */
export interface PotcarSpecies {
  readonly symbol: string
  readonly functional: PotcarFunctional
  readonly element: string
  /** Electrons of the dataset; compared with the file's ZVAL when POTCAR is assembled. */
  readonly zval: number
}

/** One entry for each species block, in POSCAR order. */
export type PotcarSpec = readonly PotcarSpecies[]

export class PotcarUnknownError extends KnownError {
  readonly code = 'POTCAR_UNKNOWN'
  readonly remedy: string
  readonly symbol: string
  constructor(symbol: string, problem: string) {
    super(problem)
    this.symbol = symbol
    const near = didYouMean(symbol, knownPawSymbols)
    this.remedy = `${near === undefined ? '' : `Did you mean ${near}? `}Name a dataset of VASP's library under potcars, such as Mn: Mn_pv.`
  }
}

export class PotcarSpecError extends KnownError {
  readonly code = 'POTCAR_SPEC'
  readonly remedy = 'Write the input folder again, so that POSCAR and POTCAR.spec belong together.'
  constructor(problem: string) {
    super(problem)
  }
}

/**
 * The datasets of a structure, in the order of its POSCAR.
 *
 * @param symbols  dataset of an element where the default is not wanted, `{ Li: 'Li' }`
 * @throws PotcarUnknownError for an element without a default, a symbol of another element, or an unknown symbol
 */
export function potcarSpec(structure: Structure, symbols: Readonly<Record<string, string>> = {}): PotcarSpec {
  return speciesBlocks(structure).map(({ element }) => {
    const symbol = symbols[element] ?? defaultPawSymbol(element)
    if (symbol === undefined) throw new PotcarUnknownError(element, `No PAW dataset is known for ${element}.`)
    if (elementOfSymbol(symbol) !== element) {
      throw new PotcarUnknownError(symbol, `The PAW dataset ${symbol} is not one of ${element}.`)
    }
    const dataset = pawDataset(symbol)
    if (dataset === undefined) throw new PotcarUnknownError(symbol, `The PAW dataset ${symbol} is not known.`)
    return { symbol, functional: 'PBE', element, zval: dataset.zval }
  })
}

/**
 * Electrons in the neutral cell: Σ atoms × ZVAL.
 *
 * @throws PotcarSpecError when the species of the two are not the same in the same order
 */
export function electronCount(structure: Structure, spec: PotcarSpec): number {
  const blocks = speciesBlocks(structure)
  const [inPoscar, inSpec] = [blocks, spec].map((list) => list.map(({ element }) => element).join(' '))
  if (inPoscar !== inSpec)
    throw new PotcarSpecError(`POSCAR has the species ${inPoscar}, POTCAR.spec has ${inSpec}.`)
  return blocks.reduce((sum, { count }, index) => sum + count * (spec[index]?.zval ?? 0), 0)
}

export function writePotcarSpec(spec: PotcarSpec): string {
  const header =
    '# PAW datasets in the order of POSCAR; POTCAR is assembled from them at the site.\n# dataset functional element ZVAL\n'
  return header + spec.map((s) => `${s.symbol} ${s.functional} ${s.element} ${s.zval}\n`).join('')
}

/** @throws PotcarSpecError naming the line that is not `symbol functional element ZVAL` */
export function readPotcarSpec(text: string): PotcarSpec {
  return text.split(/\r?\n/).flatMap((line, index) => {
    const content = line.replace(/#.*/, '').trim()
    if (content === '') return []
    const [symbol = '', functional, element = '', zval] = content.split(/\s+/)
    const electrons = Number(zval)
    const known = functional === 'PBE' || functional === 'LDA'
    if (known && elementOfSymbol(symbol) === element && electrons > 0)
      return [{ symbol, functional, element, zval: electrons }]
    throw new PotcarSpecError(
      `POTCAR.spec line ${index + 1} is not "dataset functional element ZVAL": ${content}`,
    )
  })
}
