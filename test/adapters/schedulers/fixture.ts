import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Says } from '../../contracts/scheduler-contract.ts'

/** A recorded output. */
export function printed(name: string): Says {
  return { stdout: readFileSync(resolve('test/fixtures/schedulers', name)) }
}

export function complains(stderr: string, exitCode = 1): Says {
  return { stderr: `${stderr}\n`, exitCode }
}
