/** One on-site term, with where it comes from. */
export interface HubbardValue {
  readonly element: string
  readonly orbital: 'd' | 'f'
  /** U − J in eV in Dudarev's form. */
  readonly effectiveUEv: number
  readonly source: string
}

export interface HubbardTable {
  readonly name: string
  readonly values: readonly HubbardValue[]
}

const paperSource = 'Sun et al., Adv. Mater. 2025, 37, 2414195'
const materialsProjectSource =
  'Materials Project: Jain et al., Phys. Rev. B 84, 045115 (2011), fitted as in Wang, Maxisch and Ceder, Phys. Rev. B 73, 195107 (2006)'

/** The value of the Li2MnO3 paper. */
export const paperHubbardTable: HubbardTable = {
  name: 'paper',
  values: [{ element: 'Mn', orbital: 'd', effectiveUEv: 4.5, source: paperSource }],
}

/** For oxides and fluorides; fitted to oxide formation energies with PBE, so neither for sulfides nor for metals. */
export const materialsProjectHubbardTable: HubbardTable = {
  name: 'materials-project',
  values: (
    [
      ['V', 3.25],
      ['Cr', 3.7],
      ['Mn', 3.9],
      ['Fe', 5.3],
      ['Co', 3.32],
      ['Ni', 6.2],
      ['Mo', 4.38],
      ['W', 6.2],
    ] as const
  ).map(([element, effectiveUEv]) => ({
    element,
    orbital: 'd',
    effectiveUEv,
    source: materialsProjectSource,
  })),
}

export const hubbardTables: readonly HubbardTable[] = [paperHubbardTable, materialsProjectHubbardTable]

/** The published U values of an element, for plans and messages. */
export function publishedHubbardValues(element: string): readonly HubbardValue[] {
  return hubbardTables.flatMap(({ values }) => values.filter((value) => value.element === element))
}
