import * as moyo from '@spglib/moyo-wasm'
import { KnownError } from '../base/known-error.ts'

/** What is asked of the symmetry engine: its analysis of a cell, and its tables of the 530 Hall settings. */
export type SymmetryEngine = Pick<
  typeof moyo,
  'analyze_cell' | 'hall_symbol_entry' | 'operations_from_number' | 'wyckoff_positions' | 'space_group_type'
>

/** The WebAssembly module has not been handed over yet: a mistake of the program that calls the library. */
export class SymmetryEngineMissingError extends KnownError {
  readonly code = 'SYMMETRY_ENGINE_MISSING'
  readonly remedy = 'Call loadSymmetryEngine() once, or provideSymmetryEngine(bytes) in a browser, before using symmetry.'
  override readonly exitCode = 3

  constructor() {
    super('Symmetry was asked for before its engine was loaded.')
  }
}

let ready = false

/** Compiles the engine from the bytes of `moyo_wasm_bg.wasm`; a second call does nothing. */
export function provideSymmetryEngine(wasmBytes: Uint8Array): void {
  if (ready) return
  // A copy on a buffer of its own: a Node Buffer may be a window on a shared pool.
  moyo.initSync({ module: new Uint8Array(wasmBytes) })
  ready = true
}

export function symmetryEngineIsReady(): boolean {
  return ready
}

/** @throws SymmetryEngineMissingError before `provideSymmetryEngine` */
export function symmetryEngine(): SymmetryEngine {
  if (!ready) throw new SymmetryEngineMissingError()
  return moyo
}
