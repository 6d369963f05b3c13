import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isKnownError } from '../../base/known-error.ts'
import type { SpeciesCount } from '../../structure/poscar-species.ts'
import { elementOfSymbol, pawDataset } from '../../vasp/input/paw-data.ts'
import { readPotcarSpec } from '../../vasp/input/potcar-spec.ts'
import { InputRefusedError } from './input-refused.ts'

/** One species block of POSCAR with the few numbers of its dataset that the stand-in needs. */
export interface Species {
  readonly element: string
  readonly count: number
  /** As printed in OUTCAR and vasprun.xml: `PAW_PBE Mn_pv rehearsal`, or the title of a real POTCAR. */
  readonly title: string
  readonly zval: number
  readonly enmaxEv: number
}

type Dataset = Omit<Species, 'count'>

const unknownEnmaxEv = 400

/**
 * Datasets of the species of POSCAR, from POTCAR.spec, or from the title and ZVAL lines of a POTCAR.
 *
 * @throws InputRefusedError when neither is there, or when they do not belong to this POSCAR
 */
export function readSpecies(folder: string, blocks: readonly SpeciesCount[]): readonly Species[] {
  const datasets = datasetsIn(folder)
  const [wanted, given] = [blocks, datasets].map((list) => list.map(({ element }) => element).join(' '))
  if (wanted !== given) {
    throw new InputRefusedError(
      `ERROR: POTCAR and POSCAR have different species: POTCAR ${given}, POSCAR ${wanted}.`,
      'Put the datasets of POTCAR in the order of the species of POSCAR.',
    )
  }
  return blocks.map(({ count }, index) => ({ ...datasets[index]!, count }))
}

function datasetsIn(folder: string): readonly Dataset[] {
  const [potcar, spec] = [join(folder, 'POTCAR'), join(folder, 'POTCAR.spec')]
  if (existsSync(potcar)) return titlesOfPotcar(readFileSync(potcar, 'latin1'))
  if (existsSync(spec)) return datasetsOfSpec(readFileSync(spec, 'utf8'))
  throw new InputRefusedError(
    'ERROR: there is no POTCAR (and no POTCAR.spec) in this folder, STOPPING',
    'Assemble POTCAR, or write POTCAR.spec with one dataset a species.',
  )
}

function datasetsOfSpec(text: string): readonly Dataset[] {
  try {
    return readPotcarSpec(text).map(({ symbol, functional, element, zval }) => ({
      element,
      title: `PAW_${functional} ${symbol} rehearsal`,
      zval,
      enmaxEv: pawDataset(symbol)?.enmaxEv ?? unknownEnmaxEv,
    }))
  } catch (error) {
    if (!isKnownError(error)) throw error
    throw new InputRefusedError(
      `ERROR: there was a problem reading POTCAR.spec: ${error.message}`,
      error.remedy,
    )
  }
}

function titlesOfPotcar(text: string): readonly Dataset[] {
  const titles = [...text.matchAll(/TITEL\s*=\s*(.+?)\s*$/gm)].map((match) => match[1] ?? '')
  const valences = [...text.matchAll(/ZVAL\s*=\s*([\d.]+)/g)].map((match) => Number(match[1]))
  const cutoffs = [...text.matchAll(/ENMAX\s*=\s*([\d.]+)/g)].map((match) => Number(match[1]))
  return titles.map((title, index) => ({
    element: elementOfSymbol(title.split(/\s+/)[1] ?? '') ?? '?',
    title,
    zval: valences[index] ?? 0,
    enmaxEv: cutoffs[index] ?? unknownEnmaxEv,
  }))
}
