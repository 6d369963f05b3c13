import { cutoffEv, massU } from '../input/read-inputs.ts'
import type { Settings } from '../input/settings.ts'
import type { RunContext } from '../run-context.ts'
import { exponential, fixed, integer, logical, outcarRule } from './fortran.ts'

/** The long echo of the settings, in the words and columns that readers search for. */
export function outcarSettings(run: RunContext): string {
  const { settings } = run.inputs
  return [
    ` SYSTEM =  ${settings.SYSTEM}`,
    ` POSCAR =  ${run.inputs.structure.comment}`,
    '',
    ...startParameters(settings),
    ...electronicRelaxation(run),
    ...ionicRelaxation(settings),
    ...ionLists(run),
    ...writeFlags(settings),
    ...dipoleBlock(settings),
    ...(settings.flags.LDAU ? hubbardBlock(settings) : []),
    ...exchangeBlock(settings),
    ...vdwBlock(settings),
    '',
    outcarRule,
    '',
    '',
    settings.NSW > 0
      ? ' relaxation of ions by L-BFGS (the tag IBRION chooses no other walk in the rehearsal)'
      : ' Static calculation',
    settings.ISPIN === 2 ? ' spin polarized calculation' : ' non-spin polarized calculation',
    '',
  ].join('\n')
}

function startParameters(s: Settings): string[] {
  return [
    ' Startparameter for this run:',
    `   NWRITE =${integer(s.NWRITE, 7)}    write-flag & timer`,
    `   PREC   = ${s.PREC.slice(0, 6).padEnd(6)}    normal or accurate (medium, high low for compatibility)`,
    '   ISTART =      0    job   : 0-new  1-cont  2-samecut',
    '   ICHARG =      2    charge: 1-file 2-atom 10-const',
    `   ISPIN  =${integer(s.ISPIN, 7)}    spin polarized calculation?`,
    '   LNONCOLLINEAR =      F non collinear calculations',
    '   LSORBIT =      F    spin-orbit coupling',
    `   LASPH  =      ${logical(s.flags.LASPH)}    aspherical Exc in radial PAW`,
  ]
}

function electronicRelaxation(run: RunContext): string[] {
  const { settings: s } = run.inputs
  const cutoff = cutoffEv(run.inputs)
  return [
    ' Electronic Relaxation 1',
    `   ENCUT  =${fixed(cutoff, 7, 1)} eV  ${fixed(cutoff / 13.605826, 5, 2)} Ry`,
    `   NELM   =${integer(s.NELM, 7)};   NELMIN=${integer(s.NELMIN, 3)}; NELMDL=  0     # of ELM steps `,
    `   EDIFF  = ${exponential(s.EDIFF, 1)}   stopping-criterion for ELM`,
    `   LREAL  =      ${logical(s.flags.LREAL)}    real-space projection`,
    `   LMAXMIX=${integer(s.LMAXMIX, 5)} max onsite mixed and CHGCAR`,
  ]
}

function ionicRelaxation(s: Settings): string[] {
  return [
    ' Ionic relaxation',
    `   EDIFFG = ${exponential(s.EDIFFG, 1)}   stopping-criterion for IOM`,
    `   NSW    =${integer(s.NSW, 7)}    number of steps for IOM`,
    `   IBRION =${integer(s.IBRION, 7)}    ionic relax: 0-MD 1-quasi-New 2-CG`,
    `   ISIF   =${integer(s.ISIF, 7)}    stress and relaxation`,
    `   ISYM   =${integer(s.ISYM, 7)}    0-nonsym 1-usesym 2-fastsym`,
    '',
    `   POTIM  =${fixed(s.POTIM, 7, 4)}    time-step for ionic-motion`,
    '',
  ]
}

function ionLists(run: RunContext): string[] {
  const { species, settings: s, electronCount } = run.inputs
  return [
    '  Mass of Ions in am',
    `   POMASS = ${species.map(({ element }) => fixed(massU(element), 6, 2)).join('')}`,
    '  Ionic Valenz',
    `   ZVAL   = ${species.map(({ zval }) => fixed(zval, 6, 2)).join('')}`,
    `   NELECT =${fixed(electronCount, 13, 4)}    total number of electrons`,
    '   NUPDOWN=      -1.0000    fix difference up-down',
    '',
    ' DOS related values:',
    `   ISMEAR =${integer(s.ISMEAR, 6)};   SIGMA  =${fixed(s.SIGMA, 7, 2)}  broadening in eV -4-tet -1-fermi 0-gaus`,
    '',
    ' Electronic relaxation 2 (details)',
    `   ALGO   = ${s.ALGO}    echoed only: there is no electronic loop`,
    '',
  ]
}

function writeFlags(s: Settings): string[] {
  const flag = (name: string, value: boolean, text: string) =>
    `   ${name.padEnd(13)}=      ${logical(value)}    ${text}`
  return [
    ' Write flags',
    flag('LWAVE', s.flags.LWAVE, 'write WAVECAR'),
    flag('LCHARG', s.flags.LCHARG, 'write CHGCAR'),
    flag('LVTOT', s.flags.LVTOT, 'write LOCPOT, total local potential'),
    flag('LVHAR', s.flags.LVHAR, 'write LOCPOT, Hartree potential only'),
    `   LORBIT       =${integer(s.LORBIT, 7)}    0 simple, 1 ext, 2 COOP (PROOUT), +10 PAW based schemes`,
    '',
  ]
}

function dipoleBlock(s: Settings): string[] {
  return [
    ' Dipole corrections',
    `   LDIPOL =      ${logical(s.flags.LDIPOL)}    correct potential (dipole corrections)`,
    `   IDIPOL =${integer(s.IDIPOL, 7)}    1-x, 2-y, 3-z, 4-all directions `,
    '',
  ]
}

function hubbardBlock(s: Settings): string[] {
  const list = (values: readonly number[], decimals: number) =>
    values.map((value) => (decimals === 0 ? integer(value, 5) : fixed(value, 5, decimals))).join('')
  return [
    ` LDA+U is selected, type is set to LDAUTYPE =${integer(s.LDAUTYPE, 3)}`,
    `   angular momentum for each species LDAUL = ${list(s.LDAUL, 0)}`,
    `   U (eV)           for each species LDAUU = ${list(s.LDAUU, 1)}`,
    `   J (eV)           for each species LDAUJ = ${list(s.LDAUJ, 1)}`,
  ]
}

function exchangeBlock(s: Settings): string[] {
  return [
    ' Exchange correlation treatment:',
    `   GGA     =${s.GGA.padStart(6)}    GGA type`,
    '   LHFCALC =     F    Hartree Fock is set to',
    '',
  ]
}

function vdwBlock(s: Settings): string[] {
  return [
    ' vdW DFT:',
    `   LUSE_VDW   =     ${logical(s.flags.LUSE_VDW)}    switch on vdW DFT`,
    '   Zab_VDW    =-.8491    correlation parameter',
    `   PARAM1     =${s.PARAM1.toFixed(4)}`,
    `   PARAM2     =${s.PARAM2.toFixed(4)}`,
    '',
  ]
}
