import type { MillerIndex } from '../../src/structure/slab/oriented-repeat.ts'

/** A host of the comparison: a file of the CIF collection, or of `structures/` of this repository. */
export interface HostSurfaces {
  readonly name: string
  readonly file: string
  readonly from: 'cifs' | 'structures'
  readonly millerIndices: readonly MillerIndex[]
}

const low: readonly MillerIndex[] = [
  [1, 0, 0],
  [1, 1, 0],
  [1, 1, 1],
]

/** Small cells of many kinds: every centring, with and without inversion, chiral ones too, conventional and primitive. */
export const comparedSurfaces: readonly HostSurfaces[] = [
  {
    name: 'Li2MnO3',
    file: 'li2mno3.cif',
    from: 'structures',
    millerIndices: [
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  {
    name: 'LiCoO2',
    file: 'icsd_LiCoO2.cif',
    from: 'cifs',
    millerIndices: [
      [0, 0, 3],
      [1, 0, 4],
      [1, 0, 1],
      [1, 1, 0],
    ],
  },
  {
    name: 'CuAlO2',
    file: 'rhomb_3478_conv.cif',
    from: 'cifs',
    millerIndices: [
      [0, 0, 3],
      [1, 0, 4],
    ],
  },
  { name: 'NaCl', file: 'NaCl.cif', from: 'cifs', millerIndices: [...low, [2, 1, 0]] },
  { name: 'Li2O (antifluorite)', file: 'Li2O.cif', from: 'cifs', millerIndices: low },
  {
    name: 'Fe2SiO4 spinel',
    file: 'Fd3m.cif',
    from: 'cifs',
    millerIndices: [
      [1, 0, 0],
      [1, 1, 1],
    ],
  },
  { name: 'BaTiO3', file: 'icsd_batio3.cif', from: 'cifs', millerIndices: low },
  {
    name: 'BaTiO3',
    file: 'BTO.cif',
    from: 'cifs',
    millerIndices: [
      [0, 0, 1],
      [1, 0, 0],
    ],
  },
  { name: 'BaTiO3', file: 'BTO-Amm2.cif', from: 'cifs', millerIndices: [[0, 1, 1]] },
  { name: 'LaFeO3', file: 'La4Fe4O12.cif', from: 'cifs', millerIndices: [[0, 1, 0]] },
  {
    name: 'TiO2 rutile',
    file: 'TiO2.cif',
    from: 'cifs',
    millerIndices: [
      [1, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [1, 0, 1],
    ],
  },
  {
    name: 'TiO2 anatase',
    file: 'anatase.cif',
    from: 'structures',
    millerIndices: [
      [1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    name: 'ZnO wurtzite',
    file: 'ZnO-wz.cif',
    from: 'cifs',
    millerIndices: [
      [0, 0, 1],
      [1, 0, 0],
      [1, 1, 0],
    ],
  },
  { name: 'GaN wurtzite', file: 'gan.cif', from: 'cifs', millerIndices: [[1, 0, 1]] },
  {
    name: 'FeN zincblende, primitive cell',
    file: 'FeN_mp-6988.cif',
    from: 'cifs',
    millerIndices: [
      [1, 1, 1],
      [1, 0, 0],
    ],
  },
  {
    name: 'Fe2O3 haematite',
    file: 'R-3c.cif',
    from: 'cifs',
    millerIndices: [
      [0, 0, 1],
      [0, 1, 2],
    ],
  },
  { name: 'V2O3, primitive cell', file: 'V2O3.cif', from: 'cifs', millerIndices: [[1, 1, 1]] },
  { name: 'LiFePO4', file: 'MultiStructure.cif', from: 'cifs', millerIndices: [[0, 1, 0]] },
  { name: 'La2CoO4', file: 'La2CoO4.cif', from: 'cifs', millerIndices: [[0, 1, 0]] },
  { name: 'Fe3O4', file: 'Fe3O4.cif', from: 'cifs', millerIndices: [[0, 1, 0]] },
  {
    name: 'SiO2 quartz',
    file: 'lt_quartz.cif',
    from: 'cifs',
    millerIndices: [
      [1, 0, 0],
      [0, 0, 1],
    ],
  },
  { name: 'SiO2 cristobalite', file: 'lt_cristobalite.cif', from: 'cifs', millerIndices: [[1, 0, 1]] },
  {
    name: 'Si, primitive cell',
    file: 'Si.cif',
    from: 'cifs',
    millerIndices: [
      [1, 1, 1],
      [1, 0, 0],
    ],
  },
  {
    name: 'Cu',
    file: 'Cu_mp-30_conventional_standard.cif',
    from: 'cifs',
    millerIndices: [
      [1, 1, 1],
      [2, 1, 0],
    ],
  },
  {
    name: 'Fe',
    file: 'Fe.cif',
    from: 'cifs',
    millerIndices: [
      [1, 1, 0],
      [3, 1, 0],
    ],
  },
  { name: 'MoS2, one layer', file: 'MoS2.cif', from: 'cifs', millerIndices: [[1, 0, 0]] },
  { name: 'SnS2', file: 'hex_1170.cif', from: 'cifs', millerIndices: [[0, 0, 1]] },
  { name: 'V3Te4, primitive cell', file: 'monoc_1028.cif', from: 'cifs', millerIndices: [[1, 0, 0]] },
  { name: 'Ni3S2, primitive cell', file: 'R32.cif', from: 'cifs', millerIndices: [[1, 1, 1]] },
  { name: 'MgNiF6, primitive cell', file: 'MgNiF6.cif', from: 'cifs', millerIndices: [[1, 0, 0]] },
  { name: 'TbGe2', file: 'orcc_1003.cif', from: 'cifs', millerIndices: [[1, 1, 0]] },
  { name: 'MnB4, primitive cell', file: 'orci_1010.cif', from: 'cifs', millerIndices: [[1, 0, 1]] },
  { name: 'Fe2B, primitive cell', file: 'btet_1915.cif', from: 'cifs', millerIndices: [[0, 0, 1]] },
]
