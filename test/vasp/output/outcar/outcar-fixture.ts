/**
 * A small OUTCAR in the words of VASP 5.4.4 (or 6.3.2), written for these tests: two lithium atoms and an oxygen in a
 * 4 × 5 × 6 Å box, spin-polarised, relaxed in as many steps as asked.
 */
export interface FixtureStep {
  readonly totenEv: number
  /** Changes of energy of the electronic steps, eV. */
  readonly changesEv: readonly number[]
  /** x component of the force on the first ion, eV/Å; minus it on the second. */
  readonly forceX: number
  readonly loopEnd?: string
}

export interface Fixture {
  readonly steps: readonly FixtureStep[]
  readonly nelm?: number
  readonly nsw?: number
  readonly ending?: readonly string[]
  readonly version?: string
  readonly afterVersion?: readonly string[]
}

export const ediffReached = '------------------------ aborting loop because EDIFF is reached ----------------------------------------'
export const ediffNotReached = '------------------------ aborting loop EDIFF was not reached (unconverged)  ----------------------------'
export const requiredAccuracy = ' reached required accuracy - stopping structural energy minimisation'
export const timingBlock = [
  ' total amount of memory used by VASP MPI-rank0   109121. kBytes',
  ' General timing and accounting informations for this job:',
  '                  Total CPU time used (sec):      259.897',
  '                         Elapsed time (sec):      263.049',
  '                   Maximum memory used (kb):     2561184.',
]

export const relaxed: Fixture = {
  steps: [
    { totenEv: -14.5, changesEv: [-14, -0.4, -0.0000004], forceX: 0.3 },
    { totenEv: -14.75, changesEv: [-0.2, -0.0000002], forceX: 0.008 },
  ],
  ending: [requiredAccuracy, ...timingBlock],
}

export function outcarText(fixture: Fixture): string {
  return [...header(fixture), ...fixture.steps.flatMap((step, index) => ionicStep(step, index + 1)), ...(fixture.ending ?? timingBlock), ''].join('\n')
}

function header({ nelm = 60, nsw = 50, version = 'vasp.5.4.4.18Apr17-6-g9f103f2a35 (build Oct 06 2017 16:20:38) complex', afterVersion = [] }: Fixture): string[] {
  return [
    ` ${version}          `,
    ...afterVersion,
    ' executed on             LinuxIFC date 2020.12.11  18:53:40',
    ' running on   96 total cores',
    ' INCAR:',
    ' POTCAR:    PAW_PBE Li_sv 10Sep2004               ',
    ...potcar('Li_sv 10Sep2004', 'Li: 1s2s2p', 3, 499.034),
    ...potcar('O 08Apr2002', 'O: s2p4', 6, 400),
    '   k-points           NKPTS =      2   k-points in BZ     NKDIM =      2   number of bands    NBANDS=     12',
    '   number of dos      NEDOS =    301   number of ions     NIONS =      3',
    '   dimension x,y,z NGX =    24 NGY =   30 NGZ =   36',
    '   dimension x,y,z NGXF=    48 NGYF=   60 NGZF=   72',
    '   ions per type =               2   1',
    ' I would recommend the setting:',
    '   dimension x,y,z NGX =    21 NGY =   28 NGZ =   32',
    '   ISPIN  =      2    spin polarized calculation?',
    `   NELM   =    ${nelm};   NELMIN=  2; NELMDL= -5     # of ELM steps `,
    '   EDIFF  = 0.1E-05   stopping-criterion for ELM',
    '   EDIFFG = -.1E-01   stopping-criterion for IOM',
    `   NSW    =    ${nsw}    number of steps for IOM`,
    '   IBRION =      2    ionic relax: 0-MD 1-quasi-New 2-CG',
    '   ISIF   =      2    stress and relaxation',
    '   NELECT =      12.0000    total number of electrons',
    '   GGA     =    MK    GGA type',
    ' LDA+U is selected, type is set to LDAUTYPE =  2',
    '   angular momentum for each species LDAUL =     0   -1',
    '   U (eV)           for each species LDAUU =   4.5  0.0',
    '   J (eV)           for each species LDAUJ =   0.0  0.0',
    ' k-points in reciprocal lattice and weights: Automatic mesh',
    '   0.00000000  0.00000000  0.00000000       0.250',
    '   0.25000000  0.25000000  0.25000000       0.750',
    '',
    ...lattice(4),
  ]
}

function potcar(title: string, name: string, zval: number, enmax: number): string[] {
  return [
    `   VRHFIN =${name}`,
    `   TITEL  = PAW_PBE ${title}`,
    `   POMASS =    6.941; ZVAL   =    ${zval.toFixed(3)}    mass and valenz`,
    `   ENMAX  =  ${enmax.toFixed(3)}; ENMIN  =  300.000 eV`,
  ]
}

function lattice(a: number): string[] {
  return [
    '      direct lattice vectors                 reciprocal lattice vectors',
    `     ${a.toFixed(9)}  0.000000000  0.000000000     0.250000000  0.000000000  0.000000000`,
    '     0.000000000  5.000000000  0.000000000     0.000000000  0.200000000  0.000000000',
    '     0.000000000  0.000000000  6.000000000     0.000000000  0.000000000  0.166666667',
    '',
  ]
}

function ionicStep(step: FixtureStep, number: number): string[] {
  const { totenEv, changesEv, forceX, loopEnd = ediffReached } = step
  const numbered = (index: number): string => `----------------------------------------- Iteration    ${number}(   ${index + 1})  ---------------------------------------`
  return [
    ...changesEv.flatMap((change, index) => electronicStep(numbered(index), change)),
    loopEnd,
    ' E-fermi :   2.1234     XC(G=0):  -9.12     alpha+bet : -7.9',
    ' total charge-density along one line',
    ...siteTable('total charge     ', [2.1, 2.2, 5.9]),
    ...siteTable('magnetization (x)', [0.5, -0.25, 0.125 * number]),
    '  in kB       1.50000     2.50000     3.50000     0.10000     0.20000     0.30000',
    '  external pressure =        2.50 kB  Pullay stress =        0.00 kB',
    ...lattice(4 + number / 10),
    ' POSITION                                       TOTAL-FORCE (eV/Angst)',
    ' -----------------------------------------------------------------------------------',
    `      0.00000      0.00000      0.00000        ${fixed(forceX)}      0.000000      0.000000`,
    `      1.00000      2.00000      3.00000        ${fixed(-forceX)}      0.000000      0.000000`,
    '     -1.00000-12.34500      0.50000         0.000000      0.000000      0.000000',
    ' -----------------------------------------------------------------------------------',
    '    total drift:                                0.001000     -0.002000      0.003000',
    '  FREE ENERGIE OF THE ION-ELECTRON SYSTEM (eV)',
    `  free  energy   TOTEN  =      ${totenEv.toFixed(8)} eV`,
    '',
    `  energy  without entropy=     ${(totenEv + 0.002).toFixed(8)}  energy(sigma->0) =     ${(totenEv + 0.001).toFixed(8)}`,
    '     LOOP+:  cpu time   11.0211: real time   11.0770',
  ]
}

function electronicStep(heading: string, changeEv: number): string[] {
  return [
    heading,
    ` total energy-change (2. order) :${exponential(changeEv)}  (-0.5126563E+04)`,
    ' number of electron      12.0000000 magnetization       1.2500000',
    '  free energy    TOTEN  =      1137.39997411 eV',
    '  energy without entropy =     1137.39997411  energy(sigma->0) =     1137.39997411',
  ]
}

function siteTable(title: string, totals: readonly number[]): string[] {
  const row = (total: number): string => `${(total / 2).toFixed(3).padStart(11)}${(total / 4).toFixed(3).padStart(8)}${(total / 4).toFixed(3).padStart(8)}${total.toFixed(3).padStart(8)}`
  return [
    ` ${title}`,
    ' ',
    '# of ion       s       p       d       tot',
    '------------------------------------------',
    ...totals.map((total, index) => `${String(index + 1).padStart(5)} ${row(total)}`),
    '--------------------------------------------------',
    `tot    ${row(totals.reduce((sum, total) => sum + total, 0))}`,
    '',
  ]
}

function exponential(value: number): string {
  return value.toExponential(7).replace('e-', 'E-0').replace('e+', 'E+0').padStart(14)
}

function fixed(value: number): string {
  return value.toFixed(6).padStart(9)
}
