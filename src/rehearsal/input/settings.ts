import type { Incar } from '../../vasp/input/incar.ts'
import { InputRefusedError } from './input-refused.ts'

/** The tags that the rehearsal looks at, with VASP's defaults filled in. */
export interface Settings {
  readonly SYSTEM: string
  readonly PREC: string
  readonly ALGO: string
  /** eV; undefined: the largest ENMAX. */
  readonly ENCUT: number | undefined
  readonly EDIFF: number
  readonly EDIFFG: number
  readonly NSW: number
  readonly IBRION: number
  readonly ISIF: number
  readonly POTIM: number
  readonly NELM: number
  readonly NELMIN: number
  readonly ISPIN: 1 | 2
  readonly ISMEAR: number
  readonly SIGMA: number
  readonly ISYM: number
  readonly LORBIT: number
  readonly NWRITE: number
  readonly LMAXMIX: number
  readonly IDIPOL: number
  /** Electrons; undefined: the sum of ZVAL. */
  readonly NELECT: number | undefined
  readonly GGA: string
  readonly flags: Readonly<Record<Flag, boolean>>
  /** μB, one per ion; 1 each when the tag is absent. */
  readonly MAGMOM: readonly number[]
  readonly LDAUTYPE: number
  readonly LDAUL: readonly number[]
  readonly LDAUU: readonly number[]
  readonly LDAUJ: readonly number[]
  readonly PARAM1: number
  readonly PARAM2: number
  readonly AGGAC: number
  readonly KSPACING: number
}

export type Flag =
  'LASPH' | 'LREAL' | 'LUSE_VDW' | 'LDAU' | 'LWAVE' | 'LCHARG' | 'LVHAR' | 'LVTOT' | 'LAECHG' | 'LDIPOL'

const flagDefaults: Readonly<Record<Flag, boolean>> = {
  LASPH: false,
  LREAL: false,
  LUSE_VDW: false,
  LDAU: false,
  LWAVE: true,
  LCHARG: true,
  LVHAR: false,
  LVTOT: false,
  LAECHG: false,
  LDIPOL: false,
}

/**
 * @throws InputRefusedError for what the stand-in cannot do: dynamics, phonons, non-collinear moments
 * @source defaults: https://vasp.at/wiki, one page per tag
 */
export function settingsOf(incar: Incar, ionCount: number): Settings {
  const NSW = number(incar, 'NSW', 0)
  const EDIFF = number(incar, 'EDIFF', 1e-4)
  const IBRION = number(incar, 'IBRION', NSW > 0 ? 0 : -1)
  refuseUnknownWork(incar, IBRION, NSW)
  return {
    ...texts(incar),
    ...electronic(incar, EDIFF),
    EDIFFG: number(incar, 'EDIFFG', 10 * EDIFF),
    NSW: IBRION === -1 ? 0 : Math.max(0, NSW),
    IBRION,
    ISIF: number(incar, 'ISIF', 2),
    POTIM: number(incar, 'POTIM', 0.5),
    LORBIT: number(incar, 'LORBIT', 0),
    NWRITE: number(incar, 'NWRITE', 2),
    IDIPOL: number(incar, 'IDIPOL', 0),
    flags: flagsOf(incar),
    MAGMOM: numbers(incar, 'MAGMOM') ?? Array.from({ length: ionCount }, () => 1),
    ...exchange(incar),
  }
}

function texts(incar: Incar) {
  return {
    SYSTEM: text(incar, 'SYSTEM', 'unknown system'),
    PREC: text(incar, 'PREC', 'normal').toLowerCase(),
    ALGO: text(incar, 'ALGO', 'Normal'),
    GGA: text(incar, 'GGA', '--').toUpperCase(),
  }
}

function electronic(incar: Incar, EDIFF: number) {
  return {
    ENCUT: optionalNumber(incar, 'ENCUT'),
    NELECT: optionalNumber(incar, 'NELECT'),
    EDIFF,
    NELM: number(incar, 'NELM', 60),
    NELMIN: number(incar, 'NELMIN', 2),
    ISPIN: number(incar, 'ISPIN', 1) === 2 ? (2 as const) : (1 as const),
    ISMEAR: number(incar, 'ISMEAR', 1),
    SIGMA: number(incar, 'SIGMA', 0.2),
    ISYM: number(incar, 'ISYM', 2),
    LMAXMIX: number(incar, 'LMAXMIX', 2),
    KSPACING: number(incar, 'KSPACING', 0.5),
  }
}

function exchange(incar: Incar) {
  return {
    LDAUTYPE: number(incar, 'LDAUTYPE', 2),
    LDAUL: numbers(incar, 'LDAUL') ?? [],
    LDAUU: numbers(incar, 'LDAUU') ?? [],
    LDAUJ: numbers(incar, 'LDAUJ') ?? [],
    PARAM1: number(incar, 'PARAM1', 0.1234),
    PARAM2: number(incar, 'PARAM2', 1),
    AGGAC: number(incar, 'AGGAC', 1),
  }
}

function refuseUnknownWork(incar: Incar, IBRION: number, NSW: number): void {
  if (NSW > 0 && ![-1, 1, 2, 3].includes(IBRION)) {
    throw new InputRefusedError(
      `The rehearsal relaxes ions only; IBRION = ${IBRION} asks for something else.`,
      'Set IBRION to 1, 2 or 3, or NSW to 0.',
    )
  }
  if (incar['LNONCOLLINEAR'] === true || incar['LSORBIT'] === true) {
    throw new InputRefusedError(
      'The rehearsal knows collinear moments only.',
      'Remove LNONCOLLINEAR and LSORBIT.',
    )
  }
}

function flagsOf(incar: Incar): Record<Flag, boolean> {
  const flag = (tag: Flag): boolean => {
    const value = incar[tag]
    // LREAL = Auto is a word and means on.
    return typeof value === 'boolean' ? value : typeof value === 'string' ? true : flagDefaults[tag]
  }
  return Object.fromEntries((Object.keys(flagDefaults) as Flag[]).map((tag) => [tag, flag(tag)])) as Record<
    Flag,
    boolean
  >
}

function number(incar: Incar, tag: string, fallback: number): number {
  return optionalNumber(incar, tag) ?? fallback
}

function optionalNumber(incar: Incar, tag: string): number | undefined {
  const value = incar[tag]
  return typeof value === 'number'
    ? value
    : Array.isArray(value) && typeof value[0] === 'number'
      ? value[0]
      : undefined
}

function numbers(incar: Incar, tag: string): readonly number[] | undefined {
  const value = incar[tag]
  if (typeof value === 'number') return [value]
  return Array.isArray(value) && typeof value[0] === 'number' ? (value as readonly number[]) : undefined
}

function text(incar: Incar, tag: string, fallback: string): string {
  const value = incar[tag]
  return value === undefined || Array.isArray(value) ? fallback : String(value)
}
