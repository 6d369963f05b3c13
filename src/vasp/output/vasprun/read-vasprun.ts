import { pushAll, type Chunks } from '../text/chunks.ts'
import { BrokenFileError } from '../broken-file.ts'
import { createTagScanner } from './tag-scanner.ts'
import type { VasprunFile } from './vasprun-file.ts'
import { createVasprunReader } from './vasprun-reader.ts'

/**
 * Reads vasprun.xml of VASP 4.6 to 6.x in one pass, also when it was cut off: then `runState` is `interrupted` and
 * what was printed is there.
 *
 * Kept are the energies of every step, and forces, stress, structure, eigenvalues and total density of states of the
 * last; projections of bands and optics are passed over. Memory is bounded by that.
 *
 * @param projections also sums the partial densities of states by element and angular momentum
 * @throws BrokenFileError when there is no `<modeling>` in it
 * @source https://www.vasp.at/wiki/index.php/Vasprun.xml
 */
export async function readVasprun(chunks: Chunks, { projections = false } = {}): Promise<VasprunFile> {
  const reader = createVasprunReader(projections)
  const scanner = createTagScanner(reader.sink)
  await pushAll(chunks, (chunk) => scanner.push(chunk))
  const file = reader.result()
  if (file === undefined)
    throw new BrokenFileError({ kind: 'vasprun.xml', line: 1, expected: '<modeling> and tags within it' })
  return file
}
