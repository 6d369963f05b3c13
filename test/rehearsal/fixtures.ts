import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll } from 'vitest'
import { latticeFromParameters } from '../../src/structure/lattice.ts'
import { randomDirection, seededRandom } from '../../src/base/seeded-random.ts'
import { readPoscar, writePoscar } from '../../src/structure/poscar.ts'
import type { Site, Structure } from '../../src/structure/structure.ts'
import { assignDimers } from '../../src/rehearsal/model/dimers.ts'
import { assignIons } from '../../src/rehearsal/model/assign-ions.ts'
import { energyModel } from '../../src/rehearsal/model/energy-model.ts'
import { flatPositions } from '../../src/rehearsal/model/image-distance.ts'
import { movedStructure } from '../../src/rehearsal/output/contcar.ts'
import { rehearse } from '../../src/rehearsal/rehearse.ts'
import { relax, type IonicStep } from '../../src/rehearsal/relax.ts'
import { sharedFolder } from '../structure/shared-files.ts'

const structuresFolder = sharedFolder('structures')

/** Are the reference slabs there? The reason was printed when they are not. */
export function haveStructures(): boolean {
  return structuresFolder !== undefined
}

/** `n2_1x1`: Li2MnO3 (010), termination T1, two trilayers, 1a × 1c; `bulk`: the conventional C2/m cell. */
export function referenceStructure(name: string): Structure {
  const file = name === 'bulk' ? 'Li2MnO3_C2m_conv.vasp' : `Li2MnO3_010_T1_${name}.vasp`
  return readPoscar(readFileSync(join(structuresFolder ?? '', file), 'utf8')).structure
}

/** Rock salt MgO, 4.21 Å: eight ions. */
export function rockSalt(): Structure {
  const face = [
    [0, 0, 0],
    [0, 0.5, 0.5],
    [0.5, 0, 0.5],
    [0.5, 0.5, 0],
  ] as const
  const cations = face.map((f): Site => ({ element: 'Mg', fractional: f }))
  const oxygens = face.map(([x, y, z]): Site => ({ element: 'O', fractional: [x + 0.5, y, z] }))
  const lattice = latticeFromParameters({
    aAngstrom: 4.21,
    bAngstrom: 4.21,
    cAngstrom: 4.21,
    alphaDegrees: 90,
    betaDegrees: 90,
    gammaDegrees: 90,
  })
  return { comment: 'MgO', lattice, sites: [...cations, ...oxygens] }
}

/** Every atom moved by the same length in a random direction, the same for the same seed. */
export function rattled(structure: Structure, seed: string, angstrom: number): Structure {
  const random = seededRandom(seed)
  const positions = flatPositions(structure)
  for (let i = 0; i < positions.length; i += 3) {
    const direction = randomDirection(random)
    for (let axis = 0; axis < 3; axis++) positions[i + axis]! += angstrom * direction[axis]!
  }
  return movedStructure(structure, positions)
}

export function withElement(structure: Structure, index: number, element: string): Structure {
  return {
    ...structure,
    sites: structure.sites.map((site, i) => (i === index ? { ...site, element } : site)),
  }
}

/** One site moved by a Cartesian vector. */
export function withShift(
  structure: Structure,
  index: number,
  shift: readonly [number, number, number],
): Structure {
  const positions = flatPositions(structure)
  shift.forEach((x, axis) => (positions[3 * index + axis]! += x))
  return movedStructure(structure, positions)
}

export interface Relaxed {
  readonly steps: readonly IonicStep[]
  readonly last: IonicStep
  readonly structure: Structure
  readonly largestShiftAngstrom: number
}

export function relaxed(
  structure: Structure,
  limits: { NSW?: number; EDIFFG?: number; dimers?: boolean } = {},
): Relaxed {
  const start = flatPositions(structure)
  const mobile = Uint8Array.from(
    structure.sites.flatMap((site) => site.mobile ?? [true, true, true]),
    Number,
  )
  const assigned = assignIons(structure)
  const { ions, dimers } = limits.dimers ? assignDimers(structure, assigned) : { ions: assigned, dimers: [] }
  const model = energyModel(structure.lattice, ions, dimers)
  const steps = [...relax(model, start, { NSW: limits.NSW ?? 300, EDIFFG: limits.EDIFFG ?? -0.01, mobile })]
  const last = steps.at(-1)!
  return {
    steps,
    last,
    structure: movedStructure(structure, last.positions),
    largestShiftAngstrom: largestShift(start, last.positions),
  }
}

export function largestShift(from: Float64Array, to: Float64Array): number {
  const shifts = Array.from({ length: from.length / 3 }, (_, i) =>
    Math.hypot(
      to[3 * i]! - from[3 * i]!,
      to[3 * i + 1]! - from[3 * i + 1]!,
      to[3 * i + 2]! - from[3 * i + 2]!,
    ),
  )
  return Math.max(...shifts)
}

export const incarOfMgO = `SYSTEM = magnesia
EDIFF = 1E-6
EDIFFG = -0.01
IBRION = 2
NSW = 30
ISPIN = 1
ISMEAR = 0
LWAVE = .FALSE.
LCHARG = .FALSE.
`

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** A folder with the inputs of a small run; removed when the tests of the file are done. */
export function runFolder(structure: Structure, incar: string, datasets: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dopant-rehearsal-'))
  folders.push(folder)
  writeFileSync(join(folder, 'POSCAR'), writePoscar(structure))
  writeFileSync(join(folder, 'INCAR'), incar)
  writeFileSync(join(folder, 'KPOINTS'), 'mesh\n0\nGamma\n2 2 1\n0 0 0\n')
  writeFileSync(join(folder, 'POTCAR.spec'), datasets)
  return folder
}

export const datasetsOfMgO = 'Mg PBE Mg 2\nO PBE O 6\n'
export const datasetsOfLi2MnO3 = 'Li_sv PBE Li 3\nMn_pv PBE Mn 13\nO PBE O 6\n'

/** Runs a rehearsal in a folder within this process; a kill is recorded, and the files stay as the kill would leave them. */
export async function runProgram(
  folder: string,
  environment: Record<string, string> = {},
  atPause: () => void = () => {},
) {
  const said = { stdout: '', stderr: '', signals: [] as string[] }
  let milliseconds = 0
  const status = await rehearse({
    folder,
    environment,
    stdout: (text) => void (said.stdout += text),
    stderr: (text) => void (said.stderr += text),
    kill: (signal) => void said.signals.push(signal),
    now: () => Date.UTC(2026, 0, 1) + milliseconds,
    pause: async (wanted) => {
      milliseconds += wanted
      atPause()
    },
  })
  return { ...said, status, file: fileReader(folder) }
}

const program = resolve(import.meta.dirname, '../../bin/dopant-rehearsal.js')

/** Runs the program as a user would, in a process of its own. */
export function spawnProgram(folder: string, environment: Record<string, string> = {}) {
  const result = spawnSync(process.execPath, [program], {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  })
  return {
    status: result.status,
    signal: result.signal,
    stdout: result.stdout,
    stderr: result.stderr,
    file: fileReader(folder),
  }
}

function fileReader(folder: string) {
  return (name: string): string => readFileSync(join(folder, name), 'utf8')
}
