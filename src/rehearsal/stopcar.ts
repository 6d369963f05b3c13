import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIncar } from '../vasp/input/incar.ts'

/** LSTOP ends after the present ionic step, LABORT after the present electronic one. */
export type StopRequest = 'LSTOP' | 'LABORT'

/** What a STOPCAR in the run folder asks for, if anything. @source https://www.vasp.at/wiki/index.php/STOPCAR */
export function stopRequest(folder: string): StopRequest | undefined {
  const path = join(folder, 'STOPCAR')
  if (!existsSync(path)) return undefined
  const { incar } = readIncar(readFileSync(path, 'utf8'))
  const isSet = (tag: StopRequest) => incar[tag] === true || /^\.?t/i.test(String(incar[tag] ?? ''))
  return isSet('LABORT') ? 'LABORT' : isSet('LSTOP') ? 'LSTOP' : undefined
}

export function stopLine(request: StopRequest): string {
  return ` ${request === 'LSTOP' ? 'soft' : 'hard'} stop encountered!  aborting job ...\n`
}
