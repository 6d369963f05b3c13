import { join } from 'node:path'
import { writeCif } from '../../structure/cif/write-cif.ts'
import type { CandidateResult } from '../../workflow/tables/candidate-result.ts'
import { writeFileWhole } from '../files/write-file-whole.ts'
import { NothingToExportError } from './export-errors.ts'

/**
 * The final structure of every member as a CIF in P1, named after the member. A rehearsal says so in its first line and in the name of the block.
 *
 * @throws NothingToExportError
 */
export async function exportCif(screenName: string, candidates: readonly CandidateResult[], folder: string): Promise<readonly string[]> {
  const paths: string[] = []
  for (const candidate of candidates) {
    const text = cifText(candidate)
    if (text === undefined) continue
    const path = join(folder, `${candidate.candidateId}.cif`)
    await writeFileWhole(path, text)
    paths.push(path)
  }
  if (paths.length === 0) throw new NothingToExportError(screenName, 'relaxed structure', 'Wait for a relaxation to be done; `dopant status` shows where they are.')
  return paths
}

/** undefined before the relaxation is done. */
export function cifText({ candidateId, method, static: last, relaxed }: CandidateResult): string | undefined {
  const structure = (last ?? relaxed)?.structure
  if (structure === undefined) return undefined
  const isRehearsal = method === 'rehearsal'
  const name = isRehearsal ? `${candidateId}-rehearsal` : candidateId
  const cif = writeCif({ ...structure, comment: name })
  return isRehearsal ? `# Rehearsal: relaxed by a bond-valence stand-in, not by DFT.\n${cif}` : cif
}
