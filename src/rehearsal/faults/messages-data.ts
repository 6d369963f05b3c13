/** One of VASP's own complaints. */
export interface VaspMessage {
  /** Where VASP is when it says so: reading the crystal, or in the electronic or ionic loop. */
  readonly when: 'start' | 'loop' | 'ions'
  readonly lines: readonly string[]
  /** Does VASP stop there? */
  readonly isFatal: boolean
}

function fatal(when: VaspMessage['when'], ...lines: string[]): VaspMessage {
  return { when, lines, isFatal: true }
}

function harmless(when: VaspMessage['when'], ...lines: string[]): VaspMessage {
  return { when, lines, isFatal: false }
}

/**
 * Messages by the short names under which recovery tools know them.
 *
 * @source the wording of VASP 5.4 to 6.4 in public logs
 */
export const vaspMessages: Readonly<Record<string, VaspMessage>> = {
  posmap: fatal('start', ' POSMAP internal error: symmetry equivalent atom not found,'),
  rhosyg: fatal(
    'start',
    ' RHOSYG internal error: stars are not distinct, try to increase SYMPREC to e.g. 1E-4',
  ),
  pricelv: fatal('start', ' PRICELV: current lattice and primitive lattice are incommensurate'),
  rot_matrix: fatal('start', ' SGRCON: Found some non-integer element in rotation matrix'),
  inv_rot_mat: fatal(
    'start',
    ' internal error in subroutine INVGRP: inverse of rotation matrix was not found (increase SYMPREC)',
  ),
  mesh_symmetry: fatal(
    'start',
    ' IBZKPT: Reciprocal lattice and k-lattice belong to different class of lattices. Often results are still useful...',
  ),
  tet: fatal('start', ' Tetrahedron method fails for NKPT<4. NKPT =           1'),
  ksymm: fatal('start', ' VERY BAD NEWS! Fatal error detecting k-mesh: unable to match k-point'),
  pricel: fatal('start', ' internal error in subroutine PRICEL (probably precision problem, try to change SYMPREC in INCAR ?):'),
  point_group: fatal('start', ' VERY BAD NEWS! internal error in subroutine SGRCON: group operation missing'),
  bravais: fatal('start', ' Inconsistent Bravais lattice types found for crystalline and reciprocal lattice:'),
  hnform: fatal('start', ' HNFORM: k-point generating matrix is singular'),
  ibzkpt: fatal('start', ' IBZKPT: not all point group operations associated with the symmetry of the lattice'),
  kpoints_trans: fatal(
    'start',
    ' internal error in GENERATE_KPOINTS_TRANS: number of G-vector changed in star       1234      1230',
  ),
  tetirr: fatal('start', ' Routine TETIRR needs special values for the k-points shifts! Sorry ...'),
  incorrect_shift: fatal('start', ' Could not get correct shifts'),
  triple_product: fatal('start', ' ERROR: the triple product of the basis vectors is negative, exchange two basis vectors'),
  read_error: fatal('start', " Error reading item 'ENCUT' from file INCAR.", ' Error code was IERR= 5'),
  spin_polarized_harris: fatal('start', ' ERROR: Spin polarized Harris functional dynamics is a good joke ...'),
  kernel_missing: fatal('start', ' ERROR: vdw_kernel.bindat not found, STOPPING'),
  kernel_wrong: fatal('start', ' error reading vdw_kernel.bindat'),
  dfpt_ncore: fatal('start', ' PEAD routines do not work for NCORE, please remove the tag NPAR from the INCAR file'),
  elf_kpar: fatal('start', ' ELF: KPAR>1 not implemented, sorry'),
  lrf_comm: fatal('start', ' LRF_COMMUTATOR internal error: the vector is not occupied'),
  licence_error: fatal('start', ' FLEXnet Licensing error:-15,570'),
  module_error: fatal('start', 'vasp_std: error while loading shared libraries: libmkl_scalapack_lp64.so.2: cannot open shared object file'),
  coef: fatal('start', ' ERROR: while reading plane wave coefficients from WAVECAR, while reading WAVECAR'),
  amin: harmless(
    'start',
    ' One of the lattice vectors is very long (>50 A), but AMIN is rather large. This can spoil convergence',
  ),
  algo_tet: harmless('start', ' ALGO=A and IALGO=5X tend to fail with the tetrahedron method'),
  aliasing: harmless('start', ' WARNING: small aliasing (wrap around) errors must be expected'),
  auto_nbands: harmless('start', ' The number of bands has been changed from the values supplied in the INCAR file.'),
  nbands_not_sufficient: fatal('loop', ' ERROR: number of bands is not sufficient to hold all electrons'),
  pdsyevx: fatal('loop', ' ERROR in subspace rotation PDSYEVX: not enough eigenvalues found           8          80'),
  zheev: fatal('loop', ' ERROR EDDIAG: Call to routine ZHEEV failed! 12 2 40'),
  eddiag: fatal('loop', ' ERROR in EDDIAG: call to ZHEEV/ZHEEVX/DSYEV/DSYEVX failed! error code was 5'),
  fexcf: fatal('loop', ' ERROR FEXCF: supplied exchange-correlation table is too small, maximal index :        4000'),
  rspher: fatal('start', ' ERROR RSPHER: internal ERROR: increase NMAX'),
  set_core_wf: fatal('start', ' internal error in SET_CORE_WF'),
  too_few_bands: fatal('loop', ' TOO FEW BANDS'),
  brmix: fatal(
    'loop',
    ' BRMIX: very serious problems',
    '  the old and the new charge density differ',
    '  old charge density:      888.00000 new      887.99000',
  ),
  edddav: fatal('loop', ' Error EDDDAV: Call to ZHEGV failed. Returncode =  35  2  40'),
  pssyevx: fatal(
    'loop',
    ' ERROR in subspace rotation PSSYEVX: not enough eigenvalues found           8          80',
  ),
  zpotrf: fatal('loop', ' LAPACK: Routine ZPOTRF failed!           1'),
  grad_not_orth: fatal(
    'loop',
    ' EDWAV: internal error, the gradient is not orthogonal           1           1  -1.000E-03',
  ),
  nicht_konv: fatal('loop', ' ERROR: SBESSELITER : nicht konvergent'),
  real_optlay: fatal('loop', ' REAL_OPTLAY: internal error (1)          0'),
  eddrmm: harmless('loop', ' WARNING in EDDRMM: call to ZHEGV failed, returncode =   6  3      2'),
  subspacematrix: harmless(
    'loop',
    ' WARNING: Sub-Space-Matrix is not hermitian in DAV            1  -3.1E-002',
  ),
  dentet: harmless(
    'loop',
    " WARNING: DENTET: can't reach specified precision",
    ' Number of Electrons is NELECT =    888.0000',
  ),
  zbrent: fatal(
    'ions',
    ' ZBRENT: fatal error in bracketing',
    '     please rerun with smaller EDIFF, or copy CONTCAR',
    '     to POSCAR and continue',
  ),
  brions: harmless('ions', ' BRIONS problems: POTIM should be increased'),
}
