import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { provideSymmetryEngine, symmetryEngineIsReady } from '../../structure/symmetry-engine.ts'

/**
 * Hands the WebAssembly file of the installed package to the symmetry engine; safe to call again.
 *
 * The package's own start-up fetches the file, which Node refuses for file URLs.
 */
export function loadSymmetryEngine(): void {
  if (symmetryEngineIsReady()) return
  const packageFile = createRequire(import.meta.url).resolve('@spglib/moyo-wasm')
  provideSymmetryEngine(readFileSync(join(dirname(packageFile), 'moyo_wasm_bg.wasm')))
}
