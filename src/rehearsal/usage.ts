import { vaspMessages } from './faults/messages-data.ts'
import { parameterSet } from './model/parameters-data.ts'

/** Text of `dopant-rehearsal --help`. */
export const usage = `dopant-rehearsal: a stand-in for the VASP binary. It is NOT a DFT program.

Run it in a folder with INCAR, POSCAR, KPOINTS and POTCAR.spec (or POTCAR), as you would run vasp_std.
It relaxes the ions with the bond-valence model ${parameterSet} and writes OUTCAR, OSZICAR, CONTCAR, XDATCAR,
vasprun.xml, CHGCAR and AECCAR0-2 in VASP's formats. A STOPCAR with LSTOP or LABORT ends it between steps.

Environment
  DOPANT_REHEARSAL_SECONDS_PER_STEP  pause in every ionic step (0)
  DOPANT_REHEARSAL_GRID_ANGSTROM     spacing of the density grid (0.15)
  DOPANT_REHEARSAL_DIMERS            1: put pairs of oxygen holes on O-O dimers (off)
  DOPANT_REHEARSAL_FAIL              fail as VASP does, in ionic step 3 or in the step behind an @:
                                     walltime, killed-mid-step@5, scf-not-converged, stopcar-ignored, diverging, segfault,
                                     out-of-memory, disk-full, missing-potcar, preempted, node-failure, broken-contcar, segfault-at-start, hang,
                                     spin-flip, or message:KEY with KEY one of
                                     ${wrapped(Object.keys(vaspMessages))}
  DOPANT_REHEARSAL_FAIL_UNTIL        TAG=value: fail only until INCAR says this
  DOPANT_REHEARSAL_FAIL_PLAN         a file: lines of the end of a folder's path, a blank and a failure

Example
  cd runs/pristine/relax && DOPANT_REHEARSAL_FAIL=walltime@5 dopant-rehearsal > vasp.out
`

function wrapped(words: readonly string[]): string {
  const lines: string[] = []
  for (let i = 0; i < words.length; i += 7) lines.push(words.slice(i, i + 7).join(', '))
  return lines.join(`,\n${' '.repeat(37)}`)
}
