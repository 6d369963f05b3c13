import { describe, expect, it } from 'vitest'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { symptoms } from '../../src/recovery/symptoms.ts'
import { saying } from './evidence.ts'

/** Lines as VASP, its runtime and batch systems print them, written by hand after public logs. */
const lines: readonly (readonly [string, string])[] = [
  ['tet', ' Tetrahedron method fails for NKPT<4. NKPT =       1'],
  ['tet', ' internal error in subroutine IBZKPT: tetrahedron method fails (number of k-points < 4)'],
  ['tetirr', ' Routine TETIRR needs special values for the k-mesh'],
  ['ksymm', ' Fatal error: unable to match k-point!       0'],
  ['ksymm', ' Fatal error detecting k-mesh!'],
  ['inv_rot_mat', ' inverse of rotation matrix was not found (increase SYMPREC)       5'],
  ['brmix', ' BRMIX: very serious problems'],
  ['subspacematrix', ' WARNING: Sub-Space-Matrix is not hermitian in DAV            1  -3.1E-002'],
  ['incorrect_shift', ' Could not get correct shifts'],
  ['real_optlay', ' REAL_OPTLAY: internal error (1)          0'],
  ['real_optlay', ' REAL_OPT: internal ERROR:           0'],
  ['rspher', ' ERROR RSPHER: increase NGRIDMX'],
  ['dentet', " WARNING: DENTET: can't reach specified precision"],
  ['too_few_bands', '|     TOO FEW BANDS!!                                                  |'],
  [
    'triple_product',
    ' ERROR: the triple product of the basis vectors is negative exchange two basis vectors',
  ],
  ['rot_matrix', ' Found some non-integer element in rotation matrix       3'],
  ['brions', ' BRIONS problems: POTIM should be increased'],
  [
    'pricel',
    ' internal error in subroutine PRICEL (probably precision problem, try to change SYMPREC in INCAR ?):',
  ],
  ['zpotrf', ' LAPACK: Routine ZPOTRF failed!           1'],
  ['zpotrf', '|     LAPACK: Routine ZPOTRF ZTRTRI failed!     8  |'],
  ['amin', '|  One of the lattice vectors is very long (>50 A), but AMIN is rather large.   |'],
  ['zbrent', ' ZBRENT: fatal error in bracketing'],
  ['zbrent', ' ZBRENT: fatal internal in brackting'],
  ['zbrent', '|  ZBRENT: fatal error: bracketing interval incorrect   |'],
  ['pssyevx', ' ERROR in subspace rotation PSSYEVX: not enough eigenvalues found           8          80'],
  ['pdsyevx', '|     ERROR in subspace rotation PDSYEVX/ PZHEEVX: I2,IFAIL= 1 4    |'],
  ['eddrmm', ' WARNING in EDDRMM: call to ZHEGV failed, returncode =   6  3      2'],
  ['edddav', ' Error EDDDAV: Call to ZHEGV failed. Returncode =  14 1  15'],
  ['algo_tet', '|  ALGO=A and IALGO=5X tend to fail with the tetrahedron method   |'],
  ['grad_not_orth', ' EDWAV: internal error, the gradient is not orthogonal           1'],
  ['nicht_konv', ' ERROR: SBESSELITER : nicht konvergent'],
  ['zheev', ' ERROR EDDIAG: Call to routine ZHEEV failed! -1 1 64'],
  ['eddiag', '|     ERROR in EDDIAG: call to ZHEEV/ZHEEVX/DSYEV/DSYEVX failed! error code was 25400   |'],
  ['elf_kpar', ' ELF: KPAR>1 not implemented, sorry.'],
  ['elf_ncl', ' WARNING: ELF not implemented for non collinear case'],
  ['rhosyg', ' RHOSYG internal error: stars are not distinct, try to increase SYMPREC to e.g. 1E-4'],
  ['posmap', ' POSMAP internal error: symmetry equivalent atom not found,'],
  ['pricelv', '|  PRICELV: current lattice and primitive lattice are incommensurate within SYMPREC.   |'],
  ['point_group', ' Error: point group operation missing       2'],
  [
    'symprec_noise',
    '|  The  determination  of  the  symmetry   |\n|  determination of the symmetry of your systems shows a strong dependence on SYMPREC  |',
  ],
  ['dfpt_ncore', '|     The PEAD routines do not work for NCORE /= 1 (or NPAR /= NCPU).       |'],
  ['dfpt_ncore', '|     Please remove the tag NPAR from the INCAR file and restart the calculation.   |'],
  ['bravais', '|     Inconsistent Bravais lattice types found for crystalline and reciprocal lattice:   |'],
  ['nbands_not_sufficient', ' ERROR: number of bands is not sufficient to hold all electrons'],
  ['hnform', '|  HNFORM: k-point generating vectors and reciprocal lattice are incommensurate   |'],
  ['coef', ' ERROR: while reading WAVECAR, plane wave coefficients changed'],
  ['coef', ' ERROR: while reading plane wave coef.'],
  ['set_core_wf', ' internal error in SET_CORE_WF: core electrons incorrect 51.0000000000000'],
  [
    'read_error',
    '|     Error reading item EFERMI from file INCAR.      |\n|     Error code was IERR= 5 ... .     |',
  ],
  ['auto_nbands', '|  The number of bands has been changed from the values supplied in the INCAR file.  |'],
  ['ibzkpt', ' IBZKPT: not all point group operations associated with the symmetry of the lattice'],
  ['fexcf', ' FEXCF: supplied exchange-correlation table is too small, maximal index :        4000'],
  ['spin_polarized_harris', ' Spin polarized Harris functional dynamics is a good joke'],
  ['lrf_comm', ' LRF_COMMUTATOR internal error: the vector H(1)-e(1) S(1) |phi(0)> is not normalized'],
  [
    'kpoints_trans',
    ' internal error in GENERATE_KPOINTS_TRANS: number of G-vector changed in star         1',
  ],
  [
    'mesh_symmetry',
    ' Reciprocal lattice and k-lattice belong to different class of lattices. Often results are still useful...',
  ],
  ['aliasing', ' WARNING: small aliasing (wrap around) errors must be expected'],
  ['aliasing_incar', '|  Your FFT grids (NGX,NGY,NGZ) are not sufficient for an accurate calculation.  |'],
  ['psmaxn', ' WARNING: PSMAXN for non-local potential too small'],
  ['out_of_memory', ' Allocation would exceed memory limit'],
  ['out_of_memory', 'slurmstepd: error: Detected 1 oom-kill event(s) in StepId=123.0.'],
  ['out_of_memory', '=>> PBS: job killed: mem 8392704kb exceeded limit 8388608kb'],
  ['out_of_memory', 'forrtl: severe (41): insufficient virtual memory'],
  ['walltime', 'slurmstepd: error: *** JOB 7 ON n12 CANCELLED AT 2025-03-01T10:00:00 DUE TO TIME LIMIT ***'],
  ['walltime', '=>> PBS: job killed: walltime 3633 exceeded limit 3600'],
  ['walltime', 'TERM_RUNLIMIT: job killed after reaching LSF run time limit.'],
  [
    'node_failure',
    'slurmstepd: error: *** STEP 7.0 ON n12 CANCELLED AT 2025-03-01T10:00:00 DUE TO NODE FAILURE, SEE SLURMCTLD LOG FOR DETAILS ***',
  ],
  ['preempted', 'slurmstepd: error: *** JOB 7 ON n12 CANCELLED AT 2025-03-01T10:00:00 DUE TO PREEMPTION ***'],
  ['cancelled', 'slurmstepd: error: *** JOB 7 ON n12 CANCELLED AT 2025-03-01T10:00:00 ***'],
  ['disk_full', 'forrtl: Disk quota exceeded'],
  ['disk_full', 'forrtl: severe (38): error during write, unit 12, file /scratch/run/WAVECAR'],
  ['potcar_missing', 'dopant: POTCAR: no dataset Mn_pv in /sw/potpaw'],
  ['potcar_missing', 'forrtl: severe (29): file not found, unit 10, file /scratch/run/POTCAR'],
  [
    'potcar_missing',
    "Fortran runtime error: Cannot open file '/scratch/run/POTCAR': No such file or directory",
  ],
  ['kernel_missing', 'forrtl: severe (29): file not found, unit 100, file /scratch/run/vdw_kernel.bindat'],
  [
    'kernel_wrong',
    'forrtl: severe (24): end-of-file during read, unit 100, file /scratch/run/vdw_kernel.bindat',
  ],
  ['module_error', '/var/spool/slurmd/job7/slurm_script: line 12: vasp_std: command not found'],
  [
    'module_error',
    'vasp_std: error while loading shared libraries: libmkl_intel_lp64.so: cannot open shared object file',
  ],
  ['module_error', 'Lmod has detected the following error: The following module(s) are unknown: "vasp/6.4"'],
  ['module_error', 'slurmstepd: error: execve(): vasp_std: No such file or directory'],
  ['licence_error', 'Could not check out license for the runtime'],
  ['segfault_at_start', 'forrtl: severe (174): SIGSEGV, segmentation fault occurred'],
  ['process_killed', 'forrtl: error (78): process killed (SIGTERM)'],
  ['process_killed', '=   BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES'],
  [
    'unknown_error',
    '|  The planets do not stand well.  |\n|  ---->  I REFUSE TO CONTINUE WITH THIS SICK JOB ... BYE!!! <----  |',
  ],
  ['stopped', ' soft stop encountered!  aborting job ...'],
]

describe('a message of VASP, its runtime or a batch system', () => {
  it.each(lines)('%s is told from "%s"', (name, line) => {
    const found = diagnose(saying(` vasp.6.3.2 27Jun22\n${line}\n`))

    expect(found.map(({ symptom }) => symptom)).toEqual([name])
    expect(found[0]?.evidence.line).toBe(2)
  })

  it.each(lines)('%s is told as well from the error stream: "%s"', (name, line) => {
    expect(diagnose({ stdout: '', stderr: line }).map(({ symptom }) => symptom)).toEqual([name])
  })

  it('has a line here for every symptom that speaks in a log', () => {
    const behaviours = [
      'nelm',
      'nonconverging',
      'positive_energy',
      'large_sigma',
      'incorrect_smearing',
      'kspacing_metal',
      'frozen',
      'nsw_used_up',
      'potim',
      'drift',
      'walltime_near',
      'interrupted',
      'segfault',
      'copy_back',
      'stopped_by_person',
    ]
    const compared = symptoms
      .filter(({ name }) => /^wrong_|species_order|oxygen_left|spin_flip|metastable_u/.test(name))
      .map(({ name }) => name)
    const told = new Set([...lines.map(([name]) => name), ...behaviours, ...compared])

    expect(symptoms.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([])
  })

  it('says nothing about usual lines of a healthy log', () => {
    const log = [
      ' running   16 mpi-ranks, with    1 threads/rank, on    1 nodes',
      ' vdW kernel read from vdw_kernel.bindat',
      ' POTCAR:    PAW_PBE Mn_pv 02Aug2007',
      ' Reading from existing POTCAR',
      ' FFT: planning ... GRIDC',
      ' WAVECAR not read',
      ' entering main loop',
      'DAV:   1     0.654864287549E+04    0.65486E+04   -0.42351E+05 21824   0.168E+03',
      '   1 F= -.18329357E+03 E0= -.18295931E+03  d E =0.333808E+01  mag=     0.9108',
      ' reached required accuracy - stopping structural energy minimisation',
      ' writing wavefunctions',
    ]

    expect(diagnose(saying(log.join('\n')))).toEqual([])
  })

  it('quotes a box without the large letters above its text', () => {
    const box = [
      '|     W    W    AA    RRRRR   N    N  II  N    N   GGGG   !!!           |',
      '|     TOO FEW BANDS!! |',
    ].join('\n')

    expect(diagnose(saying(box))[0]?.evidence.says).toBe('TOO FEW BANDS!!')
  })

  it('finds a message at either end of a log that never repeats itself', () => {
    const chatter = Array.from({ length: 30_000 }, (_, i) => ` line ${i} of something else`).join('\n')
    const message = ' BRMIX: very serious problems'

    for (const log of [`${message}\n${chatter}`, `${chatter}\n${message}`]) {
      expect(diagnose(saying(log)).map(({ symptom }) => symptom)).toEqual(['brmix'])
    }
  })
})
