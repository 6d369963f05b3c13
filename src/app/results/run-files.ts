import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CalculationRecord } from '../../ports/store.ts'
import type { Chunks } from '../../vasp/output/text/chunks.ts'
import { openFile } from '../parse/open-file.ts'

/** Reads a file that the current attempt of a calculation left; undefined when it cannot be reached or is not there. */
export interface RunFiles {
  read<T>(calculation: RunPlace, name: string, read: (chunks: Chunks) => Promise<T>): Promise<T | undefined>
}

export type RunPlace = Pick<CalculationRecord, 'id' | 'site' | 'remoteFolder'>

/** Files of runs on this machine, also compressed ones. */
export const localRunFiles: RunFiles = {
  async read({ remoteFolder }, name, read) {
    if (remoteFolder === null) return undefined
    const path = [name, `${name}.gz`].map((each) => join(remoteFolder, each)).find((each) => existsSync(each))
    return path === undefined ? undefined : read(openFile(path).chunks())
  },
}
