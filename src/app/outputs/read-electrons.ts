import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'
import { readVasprun } from '../../vasp/output/vasprun/read-vasprun.ts'
import { electronicStructure } from '../../workflow/interpret-electrons.ts'
import type { ElectronicStructure } from '../../workflow/step-result.ts'
import { readRemote } from './remote-chunks.ts'

/** What comes home of vasprun.xml: the projections of every band, most of the file, are left out on the site. */
const reducedName = 'dopant-vasprun.xml'
const reduceScript = `cd "$1" && [ -f vasprun.xml ] && sed '/<projected>/,/<\\/projected>/d' vasprun.xml > ${reducedName}`

/** Densities of states and band edges of a run; null when the file is missing or says nothing of them. */
export async function readElectrons(transport: Transport, folder: string): Promise<ElectronicStructure | null> {
  const reduced = await transport.run({ program: 'sh', args: ['-c', reduceScript, 'dopant-reduce', folder] })
  if (reduced.exitCode !== 0) return null
  const file = await readRemote(transport, `${folder}/${reducedName}`, (chunks) =>
    readVasprun(chunks, { projections: true }).catch(unlessKnown),
  )
  await transport.run({ program: 'rm', args: ['-f', `${folder}/${reducedName}`] })
  return file === undefined ? null : electronicStructure(file)
}

function unlessKnown(error: unknown): undefined {
  if (!isKnownError(error)) throw error
  return undefined
}
