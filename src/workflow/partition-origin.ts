import type { PartitionOrigin } from './step-result.ts'

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
  if (version === undefined) return { program: 'unknown', method: 'unknown', hasReference: false }
  const opened = [...(output ?? '').matchAll(/^\s*OPEN\s*\.\.\./gm)].length
  return { program: `bader ${version}`, method: methodIn(output ?? ''), hasReference: opened > 1 }
}

/** The method that is not the default leaves a word in the output; near-grid is the default. */
function methodIn(output: string): string {
  if (/weight/i.test(output)) return 'weight'
  return /on-?grid/i.test(output) && !/near-?grid/i.test(output) ? 'on-grid' : 'near-grid'
}
