import type { MillerIndex } from '../../src/structure/slab/oriented-repeat.ts'

/** What a count of planes by hand gives for a surface. */
export interface HandCount {
  readonly structure: string
  /** File of `structures/`, or the name of a crystal that crystals.ts builds. */
  readonly host: string
  readonly millerIndex: MillerIndex
  /** Planes of one repeat with their formal charges, from any of them on. */
  readonly planes: string
  /** Distinct cuts, and the Tasker type of each, as sorted by the program. */
  readonly types: readonly string[]
  readonly repeat: string
  readonly how: string
}

export const handCounts: readonly HandCount[] = [
  {
    structure: 'rocksalt MgO',
    host: 'mgo',
    millerIndex: [1, 0, 0],
    planes: 'MgO(0)',
    types: ['I'],
    repeat: 'a/2 = 2.106',
    how: 'z = 0 and ½ hold one Mg and one O each; the F centring makes them one repeat. Tasker 1979: type I',
  },
  {
    structure: 'rocksalt MgO',
    host: 'mgo',
    millerIndex: [1, 1, 0],
    planes: 'MgO(0)',
    types: ['I'],
    repeat: 'a/√8 = 1.489',
    how: 'x + y = 0 and ½, as before. Tasker 1979: type I',
  },
  {
    structure: 'rocksalt MgO',
    host: 'mgo',
    millerIndex: [1, 1, 1],
    planes: 'Mg(+2) O(−2)',
    types: ['III'],
    repeat: 'a/√3 = 2.432',
    how: 'Mg where x + y + z is whole, O halfway; inversion through an ion turns one gap into the other. Tasker 1979: type III',
  },
  {
    structure: 'perovskite SrTiO3',
    host: 'srtio3',
    millerIndex: [0, 0, 1],
    planes: 'SrO(0) TiO2(0)',
    types: ['I'],
    repeat: 'a = 3.905',
    how: 'SrO at z = 0, TiO2 at ½; both planes are mirrors, so the two gaps are one cut. SrO and TiO2 on both faces are T1s and T1s2',
  },
  {
    structure: 'perovskite SrTiO3',
    host: 'srtio3',
    millerIndex: [1, 1, 0],
    planes: 'SrTiO(+4) O2(−4)',
    types: ['III'],
    repeat: 'a/√2 = 2.761',
    how: 'x + y whole: Sr, Ti and the O above Ti; halfway: the other two O',
  },
  {
    structure: 'perovskite SrTiO3',
    host: 'srtio3',
    millerIndex: [1, 1, 1],
    planes: 'SrO3(−4) Ti(+4)',
    types: ['III'],
    repeat: 'a/√3 = 2.255',
    how: 'SrO3 is the close-packed layer; Ti halfway between two of them',
  },
  {
    structure: 'spinel MgAl2O4',
    host: 'spinel',
    millerIndex: [1, 0, 0],
    planes: 'Mg(+2) Al2O4(−2) Mg(+2) Al2O4(−2)',
    types: ['III'],
    repeat: 'a/2 = 4.042',
    how: 'Mg (8a) at 1/8 + n/4, Al (16d) and O (32e) near n/4; the 4₁ screw and inversion make the four gaps one cut',
  },
  {
    structure: 'spinel MgAl2O4',
    host: 'spinel',
    millerIndex: [1, 1, 1],
    planes: 'Al3(+9) O4(−8) Mg(+2) Al(+3) Mg(+2) O4(−8)',
    types: ['III', 'III', 'III'],
    repeat: 'a/√3 = 4.667',
    how: 'the kagome Al3 and the Al between two Mg are centres of inversion: gaps Al3–O4, O4–Mg and Mg–Al, twice each',
  },
  {
    structure: 'layered LiCoO2',
    host: 'licoo2.cif',
    millerIndex: [0, 0, 3],
    planes: 'Li(+1) O(−2) Co(+3) O(−2)',
    types: ['III', 'III'],
    repeat: 'c/3 = 4.685',
    how: 'O3 stacking; Li and Co are centres of inversion: gaps Li–O and Co–O, twice each. Kramer and Ceder 2009: polar',
  },
  {
    structure: 'layered LiCoO2',
    host: 'licoo2.cif',
    millerIndex: [1, 0, 4],
    planes: 'CoLiO2(0)',
    types: ['I'],
    repeat: '2.003',
    how: 'nearly (100) of the rocksalt that O3 is made from: Li, Co and 2 O within 0.17 Å. Kramer and Ceder 2009: non-polar',
  },
  {
    structure: 'layered Li2MnO3',
    host: 'li2mno3.cif',
    millerIndex: [0, 1, 0],
    planes: 'MnLiO2(+1) MnLiO2(+1) Li2O2(−2)',
    types: ['II', 'III'],
    repeat: 'b/2 = 4.266',
    how: 'y of 4g and 8j near 1/6 and 1/3, of 2b, 2c, 4i and 4h near 0 and ½; C centring halves b',
  },
  {
    structure: 'anatase TiO2',
    host: 'anatase.cif',
    millerIndex: [1, 0, 1],
    planes: 'O(−2) TiO(+2) TiO(+2) O(−2)',
    types: ['II', 'II', 'III'],
    repeat: '3.516',
    how: 'heights of 4a and 8e along (101); gaps O–O, TiO–TiO and twice TiO–O. Lazzeri, Vittadini and Selloni 2001: the first',
  },
]
