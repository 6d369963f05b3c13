import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { MillerIndex } from '../../src/structure/slab/oriented-repeat.ts'
import type { Lattice } from '../../src/structure/lattice.ts'
import type { Vector3 } from '../../src/base/vector.ts'
import type { Structure } from '../../src/structure/structure.ts'

/** What pymatgen_slabs.py is asked. */
export interface SlabQuestion {
  readonly id: string
  readonly host: Structure
  readonly millerIndex: MillerIndex
}

export interface PymatgenSlab {
  readonly shift: number
  /** Left over by pymatgen's own search for equal slabs. */
  readonly kept: boolean
  readonly lattice: Lattice
  readonly species: readonly string[]
  readonly fractional: readonly Vector3[]
}

export type PymatgenAnswer =
  | {
      readonly id: string
      /** Of one oriented unit cell. */
      readonly heightAngstrom: number
      readonly repeats: number
      readonly slabs: readonly PymatgenSlab[]
      readonly seconds: number
    }
  | { readonly id: string; readonly error: string }

const python = process.env['PYTHON'] ?? '/usr/bin/python3'

/** The version of pymatgen, or undefined where there is none. */
export function pymatgenVersion(): string | undefined {
  const script =
    'import importlib.metadata; import pymatgen.core; print(importlib.metadata.version("pymatgen"))'
  const { status, stdout } = spawnSync(python, ['-c', script], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** @throws Error with what Python wrote, when it fails as a whole */
export function askPymatgen(questions: readonly SlabQuestion[]): readonly PymatgenAnswer[] {
  const input = questions.map(({ id, host, millerIndex }) => ({
    id,
    lattice: host.lattice,
    species: host.sites.map((site) => site.element),
    fractional: host.sites.map((site) => site.fractional),
    millerIndex,
  }))
  const script = resolve(import.meta.dirname, 'pymatgen_slabs.py')
  const run = spawnSync(python, [script], {
    encoding: 'utf8',
    input: JSON.stringify(input),
    maxBuffer: 1 << 30,
  })
  if (run.status !== 0) throw new Error(`${python} ${script}: ${run.stderr}`)
  return JSON.parse(run.stdout) as readonly PymatgenAnswer[]
}
