import { BrokenFileError } from './broken-file.ts'

/** What may be known of a licensed POTCAR: its header lines and a hash, never its content. */
export interface PotcarHeaders {
  readonly potentials: readonly PotcarHeader[]
  /** Given by the caller, who has the bytes: for instance `sha256:…`. */
  readonly hash?: string
}

export interface PotcarHeader {
  /** `PAW_PBE Mn_pv 02Aug2007`. */
  readonly titel: string
  /** Element, taken from TITEL up to the underscore. */
  readonly symbol: string
  /** `Mn: 3p4s3d`. */
  readonly vrhfin?: string
  /** `PE` for PBE, `CA` for LDA, … */
  readonly lexch?: string
  /** Valence electrons. */
  readonly zval?: number
  readonly enmaxEv?: number
  readonly enminEv?: number
  readonly massAmu?: number
}

/**
 * Reads the header lines of each potential in a POTCAR; everything else is passed over and forgotten.
 *
 * @param text the POTCAR, or only the lines that hold `=`
 * @throws BrokenFileError when there is no TITEL
 * @source https://www.vasp.at/wiki/index.php/POTCAR
 */
export function readPotcarHeaders(text: string, hash?: string): PotcarHeaders {
  const potentials = blocksOf(text).map(readHeader)
  if (potentials.length === 0) {
    throw new BrokenFileError({
      kind: 'POTCAR',
      expected: 'a line "TITEL = …" for each potential',
      found: text.slice(0, 40),
    })
  }
  return { potentials, ...(hash !== undefined && { hash }) }
}

// VRHFIN and LEXCH stand before TITEL, so a block goes from the end of the one before to its own end.
function blocksOf(text: string): readonly string[] {
  const blocks = text.split(/End of Dataset/i).filter((block) => /^\s*TITEL\s*=/m.test(block))
  return blocks.flatMap((block) => (count(block, /^\s*TITEL\s*=/gm) > 1 ? splitAtVrhfin(block) : [block]))
}

/** Header lines alone, as `grep` leaves them: each potential begins with VRHFIN, or with TITEL if there is none. */
function splitAtVrhfin(block: string): readonly string[] {
  const start = /^\s*VRHFIN/m.test(block) ? /(?=^\s*VRHFIN\s*=)/m : /(?=^\s*TITEL\s*=)/m
  return block.split(start).filter((part) => /^\s*TITEL\s*=/m.test(part))
}

function readHeader(block: string): PotcarHeader {
  const titel = valueOf(block, /^\s*TITEL\s*=\s*(.*?)\s*$/m) ?? ''
  const vrhfin = valueOf(block, /^\s*VRHFIN\s*=\s*(.*?)\s*$/m)
  const lexch = valueOf(block, /^\s*LEXCH\s*=\s*(\S+)/m)
  return {
    titel,
    symbol: symbolOf(titel, vrhfin),
    ...(vrhfin !== undefined && { vrhfin }),
    ...(lexch !== undefined && { lexch }),
    ...number('zval', block, /ZVAL\s*=\s*([-+.\dEeDd]+)/),
    ...number('enmaxEv', block, /ENMAX\s*=\s*([-+.\dEeDd]+)/),
    ...number('enminEv', block, /ENMIN\s*=\s*([-+.\dEeDd]+)/),
    ...number('massAmu', block, /POMASS\s*=\s*([-+.\dEeDd]+)/),
  }
}

function symbolOf(titel: string, vrhfin: string | undefined): string {
  const word = titel.split(/\s+/).find((part, index) => index > 0 && /^[A-Z][a-z]?(_|\.|$)/.test(part))
  return (word ?? vrhfin ?? titel).replace(/[_.:\s].*$/, '')
}

function number<K extends string>(key: K, block: string, pattern: RegExp): { readonly [P in K]?: number } {
  const value = Number(valueOf(block, pattern)?.replace(/[Dd]/, 'e'))
  return (Number.isFinite(value) ? { [key]: value } : {}) as { readonly [P in K]?: number }
}

function valueOf(block: string, pattern: RegExp): string | undefined {
  return pattern.exec(block)?.[1]
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length
}
