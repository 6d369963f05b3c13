import { KnownError } from '../../base/known-error.ts'
import type { Resources } from '../../ports/resources.ts'
import type { Site } from '../../ports/site.ts'
import type { VaspInput } from '../../workflow/steps/step-kind.ts'
import { withRanks } from './rank-words.ts'

export class NoncollinearProgramMissingError extends KnownError {
  readonly code = 'VASP_NCL_MISSING'
  readonly remedy: string
  constructor(site: Site) {
    super(`This run is non-collinear, and ${site.name} names no program for that.`)
    this.remedy = `Set vasp.noncollinearProgram of ${site.name} to its vasp_ncl, or take LNONCOLLINEAR and LSORBIT out of method.incar.`
  }
}

/**
 * The words that start VASP: those of the site, with the program that fits the run, and its ranks where the words leave
 * them open. The Γ-only program needs half the
 * memory and time at the mesh 1×1×1; moments in all directions need the non-collinear one.
 *
 * @throws NoncollinearProgramMissingError
 * @source https://vasp.at/wiki/Makefile.include (vasp_std, vasp_gam, vasp_ncl)
 */
export function launchWords(site: Site, { incar, kMesh }: Pick<VaspInput, 'incar' | 'kMesh'>, resources: Resources): readonly string[] {
  const { program, args, gammaProgram, noncollinearProgram } = site.vasp
  const words = withRanks([program, ...args], resources)
  if (incar['LNONCOLLINEAR'] === true || incar['LSORBIT'] === true) {
    // The stand-in refuses such a run in its own words.
    if (noncollinearProgram === undefined && site.method === 'dft') throw new NoncollinearProgramMissingError(site)
    return replaced(words, noncollinearProgram)
  }
  const isGammaOnly = kMesh.mesh.every((points) => points === 1)
  return replaced(words, isGammaOnly ? gammaProgram : undefined)
}

/** The word of a launch line that is VASP itself: the last that looks like it, else the first. */
export function vaspWordIndex(words: readonly string[]): number {
  const found = words.findLastIndex((word) => !/^-|=/.test(word) && /vasp|rehearsal/i.test(word.split('/').at(-1) ?? ''))
  return Math.max(0, found)
}

function replaced(words: readonly string[], by: string | undefined): readonly string[] {
  const at = vaspWordIndex(words)
  return by === undefined ? words : words.map((word, i) => (i === at ? by : word))
}
