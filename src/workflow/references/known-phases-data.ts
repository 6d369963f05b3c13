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
] // prettier-ignore
