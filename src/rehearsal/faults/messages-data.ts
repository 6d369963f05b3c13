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
