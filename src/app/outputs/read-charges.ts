import { isKnownError } from '../../base/known-error.ts'
import type { Transport } from '../../ports/transport.ts'
import { readAcf, type AcfFile } from '../../vasp/output/acf.ts'
import { readRemoteText } from './remote-chunks.ts'

/** The charges of a run, or why there are none. */
export interface ChargesRead {
  readonly acf: AcfFile | undefined
  /** What the program that made ACF.dat printed. */
  readonly baderOutput: string | undefined
  /** A clause for the cells that stay empty; undefined with charges. */
  readonly missing: string | undefined
}

/**
 * Reads ACF.dat. One that is damaged, or that speaks of other atoms, costs the charges and nothing else of the run.
 *
 * @param ionCount ions that were sent
 */
export async function readCharges(transport: Transport, folder: string, ionCount: number): Promise<ChargesRead> {
  const text = await readRemoteText(transport, `${folder}/ACF.dat`)
  const baderOutput = asWritten(await readRemoteText(transport, `${folder}/bader.out`))
  if (text === undefined || text.trim() === '') {
    return { acf: undefined, baderOutput, missing: (await missingDensity(transport, folder)) ?? partitionWords(baderOutput, folder) }
  }
  const { acf, missing } = chargesIn(text, ionCount)
  return { acf, baderOutput, missing }
}

/** Words for people come in UTF-8 from our own program, in anything from others. */
function asWritten(latin1: string | undefined): string | undefined {
  if (latin1 === undefined) return undefined
  const text = Buffer.from(latin1, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? latin1 : text
}

function chargesIn(text: string, ionCount: number): Pick<ChargesRead, 'acf' | 'missing'> {
  try {
    const acf = readAcf(text)
    if (acf.atoms.length === ionCount) return { acf, missing: undefined }
    return { acf: undefined, missing: `ACF.dat has charges of ${acf.atoms.length} atoms and the cell has ${ionCount}: it belongs to another run` }
  } catch (error) {
    if (!isKnownError(error)) throw error
    return { acf: undefined, missing: `ACF.dat is damaged (${withoutStop(error.message)})` }
  }
}

/** What the partition needs, in the order in which a person would look. */
const densities: Readonly<Record<string, string>> = {
  CHGCAR: 'the charge density',
  AECCAR0: 'the density of the core electrons',
  AECCAR2: 'the all-electron density of the valence electrons',
}
export const densityNames: readonly string[] = Object.keys(densities)

const lookScript = `cd "$1" || exit 71; shift; for name in "$@"; do [ -s "$name" ] || echo "$name"; done`

async function missingDensity(transport: Transport, folder: string): Promise<string | undefined> {
  const args = ['-c', lookScript, 'dopant-densities', folder, ...densityNames]
  const { exitCode, stdout } = await transport.run({ program: 'sh', args })
  const names = exitCode === 0 ? stdout.split('\n').filter((name) => name !== '') : []
  return names.length === 0 ? undefined : `${missingDensityWords(names)}, so that the charge was not divided among the atoms`
}

/** `AECCAR0 (the density of the core electrons) is missing`. */
export function missingDensityWords(names: readonly string[]): string {
  const said = names.map((name) => `${name} (${densities[name]})`).join(' and ')
  return `${said} ${names.length === 1 ? 'is' : 'are'} missing`
}

function partitionWords(output: string | undefined, folder: string): string {
  if (output === undefined) return 'no Bader partition was run at the site'
  const lines = output.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const said = /^dopant: (.*)$/m.exec(output)?.[1] ?? lines.at(-1)
  const program = 'the charge could not be divided among the atoms'
  return said === undefined ? program : `${program}: ${withoutStop(said.replaceAll(`${folder}/`, ''))}`
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
