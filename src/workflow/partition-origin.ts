import type { PartitionOrigin } from './step-result.ts'

const unknown: PartitionOrigin = { program: 'unknown', method: 'unknown', hasReference: false }

/** Of charges that a version of dopant kept which did not ask. */
export const notRecorded: PartitionOrigin = { program: 'not recorded', method: 'not recorded', hasReference: false }

/** Is nothing known about the basins? Then a missing reference is not known either. */
export function isOriginKnown({ program }: Pick<PartitionOrigin, 'program'>): boolean {
  return program !== unknown.program && program !== notRecorded.program
}

/** Program, method and reference in one line; what nothing tells is said to be unknown. */
export function originWords(origin: PartitionOrigin): string {
  const { program, method, hasReference } = origin
  if (!isOriginKnown(origin)) return program === notRecorded.program ? 'not recorded' : 'not known: bader.out is missing'
  return `${program}, ${method}, ${hasReference ? 'basins of AECCAR0 + AECCAR2' : 'no reference density'}`
}

/** The first line that `dopant bader` prints, so that a table can say where its charges come from. */
export function partitionLine({ method, hasReference }: Omit<PartitionOrigin, 'program'>): string {
  return `dopant bader: method ${method}, reference ${hasReference ? 'given' : 'none'}`
}

/**
 * Who made an ACF.dat, from what the program printed (`bader.out`).
 *
 * The Fortran program prints its version, its method and each file that it opens; a second file is the reference.
 *
 * @param output undefined or empty when nothing was kept: then nothing is claimed
 */
export function partitionOrigin(output: string | undefined): PartitionOrigin {
  const own = /^dopant bader: method (\S+), reference (given|none)/m.exec(output ?? '')
  if (own !== null) return { program: 'dopant', method: own[1] ?? '', hasReference: own[2] === 'given' }
  const version = /BADER ANALYSIS\s+\(Version\s+([\d.]+)/i.exec(output ?? '')?.[1]
  if (version === undefined) return unknown
  const opened = [...(output ?? '').matchAll(/^\s*OPEN\s*\.\.\./gm)].length
  return { program: `bader ${version}`, method: methodIn(output ?? ''), hasReference: opened > 1 }
}

/** The method that is not the default leaves a word in the output; near-grid is the default. */
function methodIn(output: string): string {
  if (/weight/i.test(output)) return 'weight'
  return /on-?grid/i.test(output) && !/near-?grid/i.test(output) ? 'on-grid' : 'near-grid'
}
