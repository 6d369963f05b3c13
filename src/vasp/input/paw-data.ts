import { harvestedPawRows, listedValences, materialsProjectSymbols } from './paw-facts-data.ts'

/** What is known about one PAW dataset without its file. */
export interface PawDataset {
  /** Folder name in VASP's library: `Mn_pv`. */
  readonly symbol: string
  readonly element: string
  /** Title line of the file, with its date; undefined where no public run shows it. */
  readonly titel?: string
  /** Electrons that the dataset brings. */
  readonly zval: number
  readonly enmaxEv?: number
  readonly source: string
}

const harvest = 'POTCAR summary of public OUTCARs'
const listing = 'valence configurations on https://vasp.at/wiki/Available_pseudopotentials'

/** Every known dataset of a symbol, the one of the current library first; some symbols have several dates. */
export function pawDatasets(symbol: string): readonly PawDataset[] {
  const element = elementOfSymbol(symbol)
  const harvested = harvestedPawRows
    .filter(([known]) => known === symbol)
    .map(([, date, zval, enmaxEv]) => ({
      symbol,
      element,
      titel: `PAW_PBE ${symbol} ${date}`,
      zval,
      enmaxEv,
      source: harvest,
    }))
  const listed = listedValences[symbol]
  return listed === undefined ? harvested : [...harvested, { symbol, element, zval: listed, source: listing }]
}

/** The dataset that the current library has under this symbol, or undefined for an unknown one. */
export function pawDataset(symbol: string): PawDataset | undefined {
  return pawDatasets(symbol)[0]
}

/** `Mn_pv` for `Mn`: the choice of the Materials Project, which the paper's screen shares. */
export function defaultPawSymbol(element: string): string | undefined {
  return materialsProjectSymbols.find((symbol) => elementOfSymbol(symbol) === element)
}

/** `Mn` of `Mn_pv`. */
export function elementOfSymbol(symbol: string): string {
  return symbol.split('_')[0] ?? symbol
}

export const knownPawSymbols: readonly string[] = [
  ...new Set([...harvestedPawRows.map(([symbol]) => symbol), ...Object.keys(listedValences)]),
]
