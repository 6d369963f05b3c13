/** A crystal by its group and asymmetric unit, as a paper lists it. */
export interface KnownPhase {
  readonly name: string
  readonly kind: 'crystal' | 'metal'
  /** Hermann–Mauguin with blanks, as a CIF has it. */
  readonly spaceGroup: string
  /** a, b, c in Å and α, β, γ in degrees. */
  readonly cell: readonly [number, number, number, number, number, number]
  /** Element, then fractional coordinates. */
  readonly atoms: readonly (readonly [string, number, number, number])[]
  readonly oxidationStates: Readonly<Record<string, number>>
  /** Starting moments by element where no formal charge tells them. */
  readonly momentsMuB?: Readonly<Record<string, number>>
  /** One lattice point instead of the centred cell of the tables, where that saves much. */
  readonly isReduced?: true
  readonly source: string
}

/**
 * Elements and oxides that limit chemical potentials, as starting geometries: the relaxation of the screen finds the cell.
 *
 * The numbers are written down as they are quoted in the later literature; what was checked is the geometry (bond lengths
 * and coordination, test/workflow/references), so compare with the source before citing a digit.
 */
export const knownPhases: readonly KnownPhase[] = [
  {
    name: 'Li',
    kind: 'metal',
    spaceGroup: 'I m -3 m',
    cell: [3.51, 3.51, 3.51, 90, 90, 90],
    atoms: [['Li', 0, 0, 0]],
    oxidationStates: { Li: 0 },
    source: 'lithium at room temperature, a = 3.51 Å; Kittel, Introduction to Solid State Physics',
  },
  {
    name: 'Li2O',
    kind: 'crystal',
    spaceGroup: 'F m -3 m',
    cell: [4.619, 4.619, 4.619, 90, 90, 90],
    atoms: [['Li', 0.25, 0.25, 0.25], ['O', 0, 0, 0]],
    oxidationStates: { Li: 1, O: -2 },
    source: 'antifluorite; Farley et al., J. Chem. Soc. Faraday Trans. 87, 3069 (1991)',
  },
  {
    name: 'MnO2',
    kind: 'crystal',
    spaceGroup: 'P 42/m n m',
    cell: [4.4041, 4.4041, 2.8765, 90, 90, 90],
    atoms: [['Mn', 0, 0, 0], ['O', 0.3046, 0.3046, 0]],
    oxidationStates: { Mn: 4, O: -2 },
    source: 'pyrolusite; Bolzan et al., Aust. J. Chem. 46, 939 (1993)',
  },
  {
    name: 'MnO',
    kind: 'crystal',
    spaceGroup: 'F m -3 m',
    cell: [4.445, 4.445, 4.445, 90, 90, 90],
    atoms: [['Mn', 0, 0, 0], ['O', 0.5, 0.5, 0.5]],
    oxidationStates: { Mn: 2, O: -2 },
    source: 'manganosite; Sasaki et al., Acta Cryst. A35, 904 (1979)',
  },
  {
    name: 'Al2O3',
    kind: 'crystal',
    spaceGroup: 'R -3 c :H',
    cell: [4.7589, 4.7589, 12.991, 90, 90, 120],
    atoms: [['Al', 0, 0, 0.3522], ['O', 0.3064, 0, 0.25]],
    oxidationStates: { Al: 3, O: -2 },
    source: 'corundum; Newnham and de Haan, Z. Kristallogr. 117, 235 (1962)',
  },
  {
    name: 'LiAlO2',
    kind: 'crystal',
    spaceGroup: 'P 41 21 2',
    cell: [5.1687, 5.1687, 6.2679, 90, 90, 90],
    atoms: [['Li', 0.8126, 0.8126, 0], ['Al', 0.1759, 0.1759, 0], ['O', 0.3369, 0.2906, 0.7723]],
    oxidationStates: { Li: 1, Al: 3, O: -2 },
    source: 'γ-LiAlO2; Marezio, Acta Cryst. 19, 396 (1965)',
  },
  {
    name: 'SiO2',
    kind: 'crystal',
    spaceGroup: 'P 32 2 1',
    cell: [4.916, 4.916, 5.4054, 90, 90, 120],
    atoms: [['Si', 0.4697, 0, 0.666667], ['O', 0.4135, 0.2669, 0.785767]],
    oxidationStates: { Si: 4, O: -2 },
    source: 'α-quartz; Levien, Prewitt and Weidner, Am. Mineral. 65, 920 (1980)',
  },
  {
    name: 'Li2SiO3',
    kind: 'crystal',
    spaceGroup: 'C m c 21',
    cell: [9.392, 5.397, 4.66, 90, 90, 90],
    atoms: [['Li', 0.1746, 0.3458, 0], ['Si', 0, 0.1703, 0.4915], ['O', 0.1446, 0.3077, 0.4114], ['O', 0, 0.1125, 0.8452]],
    oxidationStates: { Li: 1, Si: 4, O: -2 },
    source: 'lithium metasilicate; Hesse, Acta Cryst. B33, 901 (1977)',
  },
  {
    name: 'Li3PO4',
    kind: 'crystal',
    spaceGroup: 'P m n 21',
    cell: [6.115, 5.2394, 4.8554, 90, 90, 90],
    atoms: [
      ['Li', 0.248, 0.328, 0.986], ['Li', 0.5, 0.843, 0.989], ['P', 0, 0.824, 0],
      ['O', 0.208, 0.686, 0.898], ['O', 0, 0.105, 0.9], ['O', 0, 0.815, 0.313],
    ],
    oxidationStates: { Li: 1, P: 5, O: -2 },
    source: 'β-Li3PO4; Keffer et al., Inorg. Chem. 6, 119 (1967), positions rounded',
  },
  {
    name: 'B2O3',
    kind: 'crystal',
    spaceGroup: 'P 31 2 1',
    cell: [4.336, 4.336, 8.34, 90, 90, 120],
    atoms: [['B', 0.1677, 0.7791, 0.4445], ['O', 0.1557, 0, 0.333333], ['O', 0.6068, 0.1517, 0.131]],
    oxidationStates: { B: 3, O: -2 },
    source:
      'B2O3-I; cell and positions of Gurr et al., Acta Cryst. B26, 906 (1970), described there in P31, here averaged in P3121 as Effenberger et al. did, Monatsh. Chem. 132, 1515 (2001)',
  },
  {
    name: 'Mn3O4',
    kind: 'crystal',
    spaceGroup: 'I 41/a m d :2',
    cell: [5.765, 5.765, 9.442, 90, 90, 90],
    atoms: [['Mn', 0, 0.75, 0.125], ['Mn', 0, 0, 0.5], ['O', 0, 0.4722, 0.2589]],
    oxidationStates: { Mn: 8 / 3, O: -2 },
    isReduced: true,
    source: 'hausmannite; Jarosch, Mineral. Petrol. 37, 15 (1987)',
  },
  {
    name: 'LiMnO2',
    kind: 'crystal',
    spaceGroup: 'P m m n :1',
    cell: [2.805, 4.572, 5.757, 90, 90, 90],
    atoms: [['Mn', 0, 0, 0.635], ['Li', 0, 0, 0.126], ['O', 0, 0.5, 0.144], ['O', 0, 0.5, 0.601]],
    oxidationStates: { Li: 1, Mn: 3, O: -2 },
    source: 'orthorhombic LiMnO2; Hoppe, Brachtel and Jansen, Z. Anorg. Allg. Chem. 417, 1 (1975)',
  },
  {
    name: 'Li2O2',
    kind: 'crystal',
    spaceGroup: 'P 63/m m c',
    cell: [3.183, 3.183, 7.7258, 90, 90, 120],
    atoms: [['Li', 0, 0, 0], ['Li', 0.333333, 0.666667, 0.25], ['O', 0.333333, 0.666667, 0.6498]],
    oxidationStates: { Li: 1, O: -1 },
    source: 'lithium peroxide; cell of Föppl, Z. Anorg. Allg. Chem. 291, 12 (1957), refined by Cota and de la Mora, Acta Cryst. B61, 133 (2005)',
  },
  {
    name: 'Mn',
    kind: 'metal',
    spaceGroup: 'I -4 3 m',
    cell: [8.911, 8.911, 8.911, 90, 90, 90],
    atoms: [['Mn', 0, 0, 0], ['Mn', 0.31787, 0.31787, 0.31787], ['Mn', 0.35706, 0.35706, 0.03457], ['Mn', 0.08958, 0.08958, 0.28194]],
    oxidationStates: { Mn: 0 },
    // Between the 2.8 and 0.5 μB that neutrons find on its four sites.
    momentsMuB: { Mn: 2 },
    isReduced: true,
    source: 'α-Mn; Oberteuffer and Ibers, Acta Cryst. B26, 1499 (1970)',
  },
  {
    name: 'Al',
    kind: 'metal',
    spaceGroup: 'F m -3 m',
    cell: [4.0495, 4.0495, 4.0495, 90, 90, 90],
    atoms: [['Al', 0, 0, 0]],
    oxidationStates: { Al: 0 },
    isReduced: true,
    source: 'aluminium at room temperature, a = 4.0495 Å; Straumanis and Woodward, Acta Cryst. A27, 549 (1971)',
  },
  {
    name: 'Si',
    kind: 'crystal',
    spaceGroup: 'F d -3 m :1',
    cell: [5.431, 5.431, 5.431, 90, 90, 90],
    atoms: [['Si', 0, 0, 0]],
    oxidationStates: { Si: 0 },
    isReduced: true,
    source: 'silicon at room temperature, a = 5.4310 Å; Hom, Kiszenick and Post, J. Appl. Cryst. 8, 457 (1975)',
  },
  {
    name: 'B',
    kind: 'crystal',
    spaceGroup: 'R -3 m :H',
    cell: [4.908, 4.908, 12.567, 90, 90, 120],
    atoms: [['B', 0.1177, 0.2354, -0.1073], ['B', 0.1961, 0.3922, 0.0245]],
    oxidationStates: { B: 0 },
    isReduced: true,
    source: 'α-B12; Decker and Kasper, Acta Cryst. 12, 503 (1959)',
  },
  {
    name: 'P',
    kind: 'crystal',
    spaceGroup: 'C m c a',
    cell: [3.3136, 10.478, 4.3763, 90, 90, 90],
    atoms: [['P', 0, 0.10168, 0.08056]],
    oxidationStates: { P: 0 },
    isReduced: true,
    source: 'black phosphorus; Brown and Rundqvist, Acta Cryst. 19, 684 (1965)',
  },
  {
    name: 'S',
    kind: 'crystal',
    spaceGroup: 'F d d d :2',
    cell: [10.4646, 12.866, 24.486, 90, 90, 90],
    atoms: [['S', 0.8554, 0.9526, 0.9516], ['S', 0.7844, 0.0301, 0.0763], ['S', 0.7069, 0.9795, 0.004], ['S', 0.7862, 0.9073, 0.129]],
    oxidationStates: { S: 0 },
    isReduced: true,
    source: 'α-S8; cell of Rettig and Trotter, Acta Cryst. C43, 2260 (1987), positions rounded',
  },
] // prettier-ignore
