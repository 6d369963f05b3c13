/**
 * Symbol, date of the TITEL line, ZVAL and ENMAX in eV of PAW_PBE datasets; of several dates the one of the current
 * library comes first, of several ENMAX for one title the largest is kept.
 *
 * @source the POTCAR summaries of 277 public OUTCARs; test/vasp/input/paw-facts-corpus.test.ts harvests them again
 */
export const harvestedPawRows: readonly (readonly [symbol: string, date: string, zval: number, enmaxEv: number])[] = [
  ['Ag', '06Sep2000', 11, 249.846], ['Al', '04Jan2001', 3, 240.300], ['As', '22Sep2009', 5, 208.702],
  ['Au', '06Sep2000', 11, 229.948], ['B', '06Sep2000', 3, 318.614], ['Ba_sv', '06Sep2000', 10, 187.181],
  ['Bi', '08Apr2002', 5, 105.037], ['C', '08Apr2002', 4, 400.000], ['C_h', '06Feb2004', 4, 700.000],
  ['Cd', '06Sep2000', 12, 274.336], ['Co', '02Aug2007', 9, 267.968], ['Cr_pv', '02Aug2007', 12, 265.681],
  ['Cu', '22Jun2005', 11, 295.446], ['Cu_pv', '06Sep2000', 17, 368.648], ['F', '08Apr2002', 7, 400.000],
  ['Fe', '06Sep2000', 8, 267.882], ['Fe_pv', '02Aug2007', 14, 293.238], ['Fe_pv', '06Sep2000', 14, 293.238],
  ['Ga_d', '06Jul2010', 13, 282.691], ['Gd', '08Apr2002', 18, 256.472], ['H', '15Jun2001', 1, 250.000],
  ['H_h', '06Feb2004', 1, 700.000], ['I', '08Apr2002', 7, 175.647], ['Ir', '06Sep2000', 9, 210.870],
  ['K_sv', '06Sep2000', 9, 259.264], ['La', '06Sep2000', 11, 219.313], ['Li', '17Jan2003', 1, 140.000],
  ['Li_sv', '10Sep2004', 3, 499.034], ['Li_sv', '23Jan2001', 3, 271.649], ['Mg', '13Apr2007', 2, 200.000],
  ['Mg_pv', '06Sep2000', 8, 265.574], ['Mg_sv', '12Apr2007', 10, 495.223], ['Mn_pv', '02Aug2007', 13, 269.864],
  ['Mn_pv', '07Sep2000', 13, 269.865], ['Mo', '08Apr2002', 6, 224.584], ['Mo_pv', '04Feb2005', 12, 224.584],
  ['N', '08Apr2002', 5, 400.000], ['Na_pv', '19Sep2006', 7, 259.561], ['Na_pv', '05Jan2001', 7, 259.561],
  ['Nb_pv', '08Apr2002', 11, 208.608], ['Nb_sv', '25May2007', 13, 293.235], ['Nd_3', '06Sep2000', 11, 182.546],
  ['Ne', '05Jan2001', 8, 343.606], ['Ni', '02Aug2007', 10, 269.532], ['Ni_pv', '06Sep2000', 16, 367.986],
  ['O', '08Apr2002', 6, 400.000], ['O_h', '19Jan2021', 6, 765.519], ['O_h', '06Feb2004', 6, 700.000],
  ['P', '06Sep2000', 5, 255.040], ['P', '17Jan2003', 5, 270.000], ['Pb_d', '06Sep2000', 14, 237.846],
  ['Pd', '04Jan2005', 10, 250.925], ['Pt', '04Feb2005', 10, 230.283], ['Rh_pv', '25Jan2005', 15, 247.408],
  ['S', '06Sep2000', 6, 258.689], ['S', '17Jan2003', 6, 280.000], ['Sb', '06Sep2000', 5, 172.069],
  ['Sc', '04Feb2005', 3, 154.763], ['Se', '06Sep2000', 6, 211.555], ['Si', '05Jan2001', 4, 245.345],
  ['Si_GW', '04May2012', 4, 245.345], ['Sn_d', '06Sep2000', 14, 241.090], ['Sr_sv', '07Sep2000', 10, 229.353],
  ['Ta', '17Jan2003', 5, 223.667], ['Te', '08Apr2002', 6, 174.982], ['Ti', '08Apr2002', 4, 178.330],
  ['Ti_pv', '07Sep2000', 10, 222.335], ['Ti_sv', '26Sep2005', 12, 274.610], ['V', '08Apr2002', 5, 192.543],
  ['V_pv', '07Sep2000', 11, 263.675], ['W', '08Apr2002', 6, 223.057], ['W_pv', '06Sep2000', 12, 223.065],
  ['Y_sv', '25May2007', 11, 202.626], ['Y_sv', '06Sep2000', 11, 211.641], ['Zn', '06Sep2000', 12, 276.727],
  ['Zr_sv', '04Jan2005', 12, 229.898],
]

/**
 * ZVAL of datasets that no OUTCAR at hand names.
 *
 * @source valence configurations on https://vasp.at/wiki/Available_pseudopotentials
 */
export const listedValences: Readonly<Record<string, number>> = {
  Ac: 11, Ar: 8, Be_sv: 4, Br: 7, Ca_pv: 8, Ca_sv: 10, Ce: 12, Cl: 7, Cr: 6, Cs_sv: 9, Dy_3: 9, Er_3: 9, Eu: 17,
  Ga: 3, Ge: 4, Ge_d: 14, He: 2, Hf: 4, Hf_pv: 10, Hg: 12, Ho_3: 9, In: 3, In_d: 13, Kr: 8, La_s: 9, Lu_3: 9, Mn: 7,
  Np: 15, Os_pv: 14, Pa: 13, Pm_3: 11, Pr_3: 11, Pu: 16, Rb_sv: 9, Re_pv: 13, Rh: 9, Ru: 8, Ru_pv: 14, Sc_sv: 11,
  Sm_3: 11, Sn: 4, Ta_pv: 11, Tb_3: 9, Tc_pv: 13, Th: 12, Tl_d: 13, Tm_3: 9, U: 14, W_sv: 14, Xe: 8, Yb_2: 8,
  Yb_3: 9, Zr: 4,
}

/**
 * Dataset of each element in the Materials Project's relaxations; Mn_pv, Li_sv and the rest are also what the
 * Li2MnO3 screens use.
 *
 * @source MPRelaxSet of pymatgen
 */
export const materialsProjectSymbols: readonly string[] = [
  'Ac', 'Ag', 'Al', 'Ar', 'As', 'Au', 'B', 'Ba_sv', 'Be_sv', 'Bi', 'Br', 'C', 'Ca_sv', 'Cd', 'Ce', 'Cl', 'Co', 'Cr_pv',
  'Cs_sv', 'Cu_pv', 'Dy_3', 'Er_3', 'Eu', 'F', 'Fe_pv', 'Ga_d', 'Gd', 'Ge_d', 'H', 'He', 'Hf_pv', 'Hg', 'Ho_3', 'I', 'In_d',
  'Ir', 'K_sv', 'Kr', 'La', 'Li_sv', 'Lu_3', 'Mg_pv', 'Mn_pv', 'Mo_pv', 'N', 'Na_pv', 'Nb_pv', 'Nd_3', 'Ne', 'Ni_pv', 'Np',
  'O', 'Os_pv', 'P', 'Pa', 'Pb_d', 'Pd', 'Pm_3', 'Pr_3', 'Pt', 'Pu', 'Rb_sv', 'Re_pv', 'Rh_pv', 'Ru_pv', 'S', 'Sb', 'Sc_sv',
  'Se', 'Si', 'Sm_3', 'Sn_d', 'Sr_sv', 'Ta_pv', 'Tb_3', 'Tc_pv', 'Te', 'Th', 'Ti_pv', 'Tl_d', 'Tm_3', 'U', 'V_pv', 'W_pv',
  'Xe', 'Y_sv', 'Yb_2', 'Zn', 'Zr_sv',
]
