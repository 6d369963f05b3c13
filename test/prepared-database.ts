import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Variable that names where the run's prepared database lies, for all its processes. */
export const preparedVariable = 'DOPANT_TEST_PREPARED'

/** Before all test files: a place for one empty database, which the first test that wants it makes; gone after the last. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-prepared-'))
  process.env[preparedVariable] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
