import { readIncar } from '../vasp/input/incar.ts'
import { canonicalJson } from './plan-content.ts'
import type { InputFile } from './steps/input-files.ts'

/** What else decides a number besides the input files. */
export interface ContentOrigin {
  readonly vaspVersion: string
  readonly method: 'dft' | 'rehearsal'
}

/**
 * Tags that decide how a number is reached and not which: titles, what is read at the start, and how the work is divided.
 *
 * @source https://vasp.at/wiki/ISTART, ICHARG, NCORE, KPAR
 */
const withoutMeaning: ReadonlySet<string> = new Set(
  'SYSTEM ISTART ICHARG LWAVE NCORE NPAR KPAR NSIM LPLANE LSCALU LSCALAPACK NBLOCK KBLOCK NWRITE MAXMEM'.split(' '),
)

/**
 * The inputs of a run as one text, equal for runs that ask VASP for the same: INCAR by tag, the mesh, the atoms as they are
 * written, the datasets, VASP's version, and whether it is VASP at all. Comments and titles do not count.
 *
 * @param files INCAR, KPOINTS, POSCAR and POTCAR.spec as they would be written without a WAVECAR to start from
 */
export function inputContent(files: readonly InputFile[], origin: ContentOrigin): string {
  const text = (path: string): string => files.find((file) => file.path === path)?.content ?? ''
  const incar = Object.entries(readIncar(text('INCAR')).incar).filter(([tag]) => !withoutMeaning.has(tag))
  return canonicalJson({
    ...origin,
    incar: Object.fromEntries(incar),
    kpoints: lines(text('KPOINTS')).slice(1),
    poscar: lines(text('POSCAR')).slice(1),
    potcars: lines(text('POTCAR.spec')),
  })
}

function lines(text: string): readonly string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}
