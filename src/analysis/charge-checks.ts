import type { BaderCharges } from './charges.ts'

/** Whether one thing about a partition is as it should be. */
export interface ChargeCheck {
  readonly name:
    'electron sum' | 'vacuum' | 'minimum distance' | 'volume' | 'grid spacing' | 'reference' | 'program'
  readonly isPassed: boolean
  /** With the number that was found and the limit. */
  readonly text: string
}

/** Limits of a sound partition. @source the program's own documentation and experience with oxide slabs */
export const chargeLimits = {
  sumElectrons: 0.1,
  sumRelative: 1e-3,
  vacuumElectrons: 0.1,
  minDistanceAngstrom: 0.3,
  gridSpacingAngstrom: 0.07,
} as const

/**
 * Every check that the charges allow; those without data are left out.
 *
 * @param expectedElectrons  NELECT of the run
 */
export function chargeChecks(bader: BaderCharges, expectedElectrons?: number): readonly ChargeCheck[] {
  return [
    ...(expectedElectrons === undefined ? [] : [sumCheck(bader, expectedElectrons)]),
    below('vacuum', bader.vacuumElectrons, chargeLimits.vacuumElectrons, 'vacuum', 'e'),
    ...distanceCheck(bader),
    ...volumeCheck(bader),
    ...(bader.gridSpacingAngstrom === undefined
      ? []
      : [below('grid spacing', bader.gridSpacingAngstrom, chargeLimits.gridSpacingAngstrom, 'grid', 'Å')]),
    referenceCheck(bader),
    ...programCheck(bader),
  ]
}

/** Why charges that do not add up to the electrons of the run are none of it; undefined where they do, or NELECT is not known. */
export function whyNotOfRun(bader: BaderCharges, expectedElectrons: number | undefined): string | undefined {
  if (expectedElectrons === undefined || sumCheck(bader, expectedElectrons).isPassed) return undefined
  const sum = bader.atoms.reduce((total, atom) => total + atom.electrons, bader.vacuumElectrons)
  return `the Bader charges add up to ${sum.toFixed(2)} electrons and the run has ${expectedElectrons} (NELECT): charge is lost, or ACF.dat belongs to another run`
}

/** Only what is wrong, for a table cell; `ok` when nothing is. */
export function checksText(checks: readonly ChargeCheck[]): string {
  const failed = checks.filter((check) => !check.isPassed)
  return failed.length === 0 ? 'ok' : failed.map((check) => check.text).join('; ')
}

function sumCheck(bader: BaderCharges, expected: number): ChargeCheck {
  const sum = bader.atoms.reduce((total, atom) => total + atom.electrons, bader.vacuumElectrons)
  const limit = Math.max(chargeLimits.sumElectrons, chargeLimits.sumRelative * expected)
  const isPassed = Math.abs(sum - expected) < limit
  return {
    name: 'electron sum',
    isPassed,
    text: `sum ${sum.toFixed(3)} e of ${expected} e (limit ±${limit.toFixed(2)})`,
  }
}

function below(
  name: ChargeCheck['name'],
  value: number,
  limit: number,
  what: string,
  unit: string,
): ChargeCheck {
  const isPassed = Math.abs(value) < limit
  return { name, isPassed, text: `${what} ${value.toFixed(3)} ${unit} (limit ${limit})` }
}

function distanceCheck({ atoms }: BaderCharges): ChargeCheck[] {
  const distances = atoms.flatMap((atom, index) =>
    atom.minDistanceAngstrom === undefined ? [] : [{ index, distance: atom.minDistanceAngstrom }],
  )
  if (distances.length < 2) return []
  const closest = distances.reduce((a, b) => (b.distance < a.distance ? b : a))
  const limit = chargeLimits.minDistanceAngstrom
  const text = `basin of atom ${closest.index + 1} ends at ${closest.distance.toFixed(3)} Å (limit ${limit})`
  return [{ name: 'minimum distance', isPassed: closest.distance > limit, text }]
}

function volumeCheck({ atoms }: BaderCharges): ChargeCheck[] {
  if (atoms.every((atom) => atom.volumeAngstrom3 === undefined)) return []
  const empty = atoms.flatMap((atom, index) => (atom.volumeAngstrom3 === 0 ? [index + 1] : []))
  const text = empty.length === 0 ? 'every atom has a basin' : `no basin for atom ${empty.join(', ')}`
  return [{ name: 'volume', isPassed: empty.length === 0, text }]
}

function referenceCheck({ hasReference, program }: BaderCharges): ChargeCheck {
  const isKnown = program !== 'unknown' && program !== 'not recorded'
  const without = isKnown ? 'no reference density: basins of the valence charge alone' : 'reference density not known'
  const text = hasReference ? 'basins of AECCAR0 + AECCAR2' : without
  return { name: 'reference', isPassed: hasReference, text }
}

/**
 * The weight method of bader 1.05 stores its maxima one grid step off, which can give a basin to the wrong atom, and takes
 * the neighbours of skewed cells from the transposed lattice. @source github.com/materialsproject/pymatgen/issues/4638, 4639
 */
function programCheck({ program, method }: BaderCharges): ChargeCheck[] {
  if (!/^bader\b/i.test(program)) return []
  const isFaulty = method === 'weight' && /\b1\.0[0-5]\b/.test(program)
  const text = isFaulty ? `${program} with the weight method can give charge to the wrong atom` : program
  return [{ name: 'program', isPassed: !isFaulty, text }]
}
