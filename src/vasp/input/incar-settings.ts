import type { Incar } from './incar.ts'
import type { HubbardUEv } from './hubbard.ts'
import type { MethodName } from './method-presets.ts'

/** What a person decides about a run; everything else in the INCAR follows from it and from the structure. */
export interface IncarSettings {
  readonly method: MethodName
  readonly encutEv: number
  /** For the whole cell, as in the paper; never per atom. */
  readonly ediffEv: number
  /** Largest force at which a relaxation ends; positive. */
  readonly ediffgEvPerAngstrom: number
  readonly maxIonicSteps: number
  /** 2: ions only; 3: ions and cell. */
  readonly isif: 2 | 3
  readonly useU: boolean
  readonly hubbardU: HubbardUEv
  readonly ispin: 1 | 2
  /** 0 lets doped slabs break symmetry. The same in relaxation and static run, whose k-points must agree for WAVECAR. */
  readonly isym: -1 | 0 | 1 | 2 | 3
  readonly ismear: number
  readonly sigmaEv: number
  /** The same for every member of a series. */
  readonly lreal: boolean | 'Auto'
  /** For slabs whose faces differ. */
  readonly dipoleCorrection: boolean
}

/** The parts of an INCAR in the order in which a reader asks about them. */
export const incarGroupNames = [
  'task',
  'functional',
  'hubbard',
  'electronic',
  'ionic',
  'magnetism',
  'slab',
  'output',
  'user',
  // How the ranks of the job share the work; never part of a result.
  'parallel',
  // What an attempt does otherwise after a failure.
  'corrected',
] as const
export type IncarGroupName = (typeof incarGroupNames)[number]

/** Tags by part; an empty part has no tags. No tag is in two parts. */
export type IncarGroups = Readonly<Record<IncarGroupName, Incar>>

/** All tags of all parts, in their order. */
export function flattenGroups(groups: IncarGroups): Incar {
  return Object.assign({}, ...incarGroupNames.map((name) => groups[name])) as Incar
}

/** The same parts without some tags. */
export function withoutTags(groups: IncarGroups, tags: readonly string[]): IncarGroups {
  const kept = incarGroupNames.map((name) => {
    const entries = Object.entries(groups[name]).filter(([tag]) => !tags.includes(tag))
    return [name, Object.fromEntries(entries)] as const
  })
  return Object.fromEntries(kept) as unknown as IncarGroups
}

/** One line of printable ASCII for SYSTEM; marks that end a value become blanks. */
export function systemText(text: string): string {
  const plain = text
    .replace(/[^ -~]|[#!;\\"{}]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain === '' ? 'untitled' : plain.slice(0, 80).trim()
}
