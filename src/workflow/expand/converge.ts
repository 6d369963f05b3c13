import { didYouMean } from '../../base/did-you-mean.ts'
import type { Screen } from '../screen/screen-schema.ts'
import { NoSuchCandidateError } from './expand-errors.ts'
import type { Member } from './member.ts'

/** A screen with one setting changed. */
export interface ConvergencePoint {
  readonly screen: Screen
  readonly parameter: string
  readonly value: number
  /** Ending of the candidates' ids: `-encut400`. */
  readonly suffix: string
}

/** One screen for each value that differs from the screen's own; candidates keep their names, with the value behind. */
export function convergencePoints(screen: Screen): readonly ConvergencePoint[] {
  const { converge, slab } = screen
  if (converge === undefined) return []
  const { converge: _, ...rest } = screen
  const base: Screen = { ...rest, starts: 1, references: [] }
  return [
    ...points('encutEv', 'encut', converge.encutEv, screen.method.encutEv, (encutEv) =>
      withEncut(base, encutEv),
    ),
    ...points('kpoints', 'k', converge.kpoints, screen.kpoints.spacing, (spacing) =>
      withSpacing(base, spacing),
    ),
    ...(slab === undefined
      ? []
      : [
          ...points('repeats', 'n', converge.repeats, slab.repeats, (repeats) => {
            const { minimumThicknessAngstrom: _, minimumAtoms: __, ...ownSlab } = slab
            return { ...base, slab: { ...ownSlab, repeats } }
          }),
          ...points(
            'vacuumAngstrom',
            'vac',
            converge.vacuumAngstrom,
            slab.vacuumAngstrom,
            (vacuumAngstrom) => ({
              ...base,
              slab: { ...slab, vacuumAngstrom },
            }),
          ),
        ]),
  ]
}

function points(
  parameter: string,
  short: string,
  values: readonly number[],
  own: number,
  changed: (value: number) => Screen,
): readonly ConvergencePoint[] {
  const others = [...new Set(values)].filter((value) => value !== own)
  return others.map((value) => ({ screen: changed(value), parameter, value, suffix: `-${short}${value}` }))
}

function withEncut(screen: Screen, encutEv: number): Screen {
  const steps = screen.steps?.map(({ encutEv: _, ...step }) => step)
  return { ...screen, method: { ...screen.method, encutEv }, ...(steps === undefined ? {} : { steps }) }
}

function withSpacing(screen: Screen, spacing: number): Screen {
  const { mesh: _mesh, ...kpoints } = screen.kpoints
  const steps = screen.steps?.map(({ kpoints: _, ...step }) => step)
  return { ...screen, kpoints: { ...kpoints, spacing }, ...(steps === undefined ? {} : { steps }) }
}

/**
 * The members that are repeated at a point, with those that they start from.
 *
 * @throws NoSuchCandidateError
 */
export function membersAt(
  { screen, parameter, value, suffix }: ConvergencePoint,
  of: readonly string[],
  all: readonly Member[],
): readonly Member[] {
  const ids = all.map(({ candidate }) => candidate.id)
  const unknown = of.find((id) => !ids.includes(id))
  if (unknown !== undefined)
    throw new NoSuchCandidateError('converge', unknown, ids, didYouMean(unknown, ids))
  const wanted = withParents(of, all)
  return all
    .filter(({ candidate }) => wanted.has(candidate.id))
    .map((member) => {
      const { candidate, structure, origin } = member
      const id = `${candidate.id}${suffix}`
      return {
        ...member,
        candidate: {
          ...candidate,
          id,
          series: 'convergence',
          convergence: { parameter, value },
          ...(candidate.startsFrom === undefined ? {} : { startsFrom: `${candidate.startsFrom}${suffix}` }),
        },
        structure: { ...structure, comment: `${screen.name} ${id}` },
        origin: origin.kind === 'built' ? origin : { ...origin, parentId: `${origin.parentId}${suffix}` },
      }
    })
}

/** Ids with those of the members that they start from, and so on. */
function withParents(of: readonly string[], all: readonly Member[]): ReadonlySet<string> {
  const wanted = new Set(of)
  // A set hands out what is added to it while it is gone through.
  for (const id of wanted) {
    const origin = all.find(({ candidate }) => candidate.id === id)?.origin
    if (origin !== undefined && origin.kind !== 'built') wanted.add(origin.parentId)
  }
  return wanted
}
