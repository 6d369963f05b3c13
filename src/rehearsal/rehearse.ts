import { isKnownError } from '../base/known-error.ts'
import { RunCutOff } from './faults/strike.ts'
import { InputRefusedError } from './input/input-refused.ts'
import { errorBox } from './output/box.ts'
import { run } from './run.ts'
import type { RunWorld } from './run-world.ts'

/**
 * Runs in a folder as VASP would: what stops it is framed on standard output, and the exit code is returned.
 *
 * 0 when the run came to its end, converged or not; 1 when VASP would have refused or stopped; else what a kill gives.
 */
export async function rehearse(world: RunWorld): Promise<number> {
  try {
    await run(world)
    return 0
  } catch (error) {
    if (error instanceof RunCutOff) return error.exitCode
    if (!isKnownError(error)) throw error
    world.stdout(errorBox(error instanceof InputRefusedError ? error.box : [error.message, error.remedy]))
    return 1
  }
}
