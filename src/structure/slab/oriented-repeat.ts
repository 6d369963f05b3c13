import { inverse, matrixTimesColumn, rowTimesMatrix, type Matrix3 } from '../../base/matrix.ts'
import { norm, scale, type Vector3 } from '../../base/vector.ts'
import { hermiteNormalForm, greatestCommonDivisor, planeBasis, type IntegerRow } from '../integer-lattice.ts'
import { reciprocalLattice, toCartesian } from '../lattice.ts'
import type { Structure } from '../structure.ts'
import { chooseInPlaneVectors, surfaceFrame } from './in-plane-basis.ts'
import { MillerIndexError } from './slab-errors.ts'

/** Three whole numbers in the setting of the host cell as given. */
export type MillerIndex = readonly [number, number, number]

/** One atom of the smallest repeat: `height` counts repeats along the normal, `inPlane` counts surface vectors. */
export interface RepeatAtom {
  readonly hostSite: number
  readonly inPlane: readonly [number, number]
  /** In [0, 1). */
  readonly height: number
}

/**
 * The smallest piece of crystal that, repeated along the normal, makes the crystal: primitive translations, so that a
 * centred cell steps by a part of d(hkl).
 */
export interface OrientedRepeat {
  readonly millerIndex: MillerIndex
  /** Host translations in units of a, b, c; u × v points along the normal. */
  readonly inPlane: readonly [Vector3, Vector3]
  /** The host translation that brings one repeat onto the next. */
  readonly step: Vector3
  /** Height of one repeat in Å. */
  readonly repeatAngstrom: number
  /** Rows: unit vectors along u, in the surface, and along the normal, in the host's Cartesian frame. */
  readonly frame: Matrix3
  /** Rows u, v, step: turns (in-plane, in-plane, height) into host fractional coordinates. */
  readonly basis: Matrix3
  readonly atoms: readonly RepeatAtom[]
}

/**
 * Cuts the crystal into repeats along (hkl).
 *
 * @param translations  the pure translations of the host cell, centring included, in units of a, b, c
 * @throws MillerIndexError
 */
export function orientedRepeat(
  host: Structure,
  millerIndex: MillerIndex,
  translations: readonly Vector3[],
): OrientedRepeat {
  if (!millerIndex.every(Number.isSafeInteger) || millerIndex.every((index) => index === 0))
    throw new MillerIndexError(millerIndex)
  const { primitive, planeIndex, heightPerIndex } = latticePlane(millerIndex, translations)
  const basisRows = planeBasis(planeIndex)
  const toHost = (row: IntegerRow): Vector3 => rowTimesMatrix(row, primitive)
  const normal = rowTimesMatrix(millerIndex, reciprocalLattice(host.lattice))
  const inPlane = chooseInPlaneVectors(
    host.lattice,
    [toHost(basisRows.inPlane[0]), toHost(basisRows.inPlane[1])],
    normal,
  )
  const step = toHost(basisRows.step)
  const basis: Matrix3 = [inPlane[0], inPlane[1], step]
  return {
    millerIndex,
    inPlane,
    step,
    basis,
    frame: surfaceFrame(toCartesian(host.lattice, inPlane[0]), normal),
    repeatAngstrom: heightPerIndex / norm(normal),
    atoms: repeatAtoms(host, basis, translations),
  }
}

/** Surface vectors u, v and step in Å in the frame of the surface: x along u, z along the normal. */
export function orientedVectorsAngstrom(host: Structure, repeat: OrientedRepeat): Matrix3 {
  const turn = (v: Vector3): Vector3 => matrixTimesColumn(repeat.frame, toCartesian(host.lattice, v))
  const [u, v, step] = [turn(repeat.inPlane[0]), turn(repeat.inPlane[1]), turn(repeat.step)]
  // Exactly flat and exactly along x, free of the rounding of the turn.
  return [
    [u[0], 0, 0],
    [v[0], v[1], 0],
    [step[0], step[1], repeat.repeatAngstrom],
  ]
}

// hkl · t takes the values g·Z over the translations t; in the primitive basis the plane has indices without divisor.
function latticePlane(millerIndex: MillerIndex, translations: readonly Vector3[]) {
  const order = translations.length
  const whole = (t: Vector3): IntegerRow => [
    Math.round(t[0] * order),
    Math.round(t[1] * order),
    Math.round(t[2] * order),
  ]
  const axes: IntegerRow[] = [
    [order, 0, 0],
    [0, order, 0],
    [0, 0, order],
  ]
  const form = hermiteNormalForm([...axes, ...translations.map(whole)])
  const values = form.map(
    (row) => row[0] * millerIndex[0] + row[1] * millerIndex[1] + row[2] * millerIndex[2],
  )
  const divisor = greatestCommonDivisor(values)
  const primitive: Matrix3 = [scale(form[0], 1 / order), scale(form[1], 1 / order), scale(form[2], 1 / order)]
  const [p0 = 0, p1 = 0, p2 = 0] = values.map((value) => value / divisor)
  return { primitive, planeIndex: [p0, p1, p2] as const, heightPerIndex: divisor / order }
}

function repeatAtoms(
  host: Structure,
  basis: Matrix3,
  translations: readonly Vector3[],
): readonly RepeatAtom[] {
  const toRepeat = inverse(basis)
  const kept: { element: string; at: Vector3; atom: RepeatAtom }[] = []
  const wanted = host.sites.length / translations.length
  host.sites.forEach((site, hostSite) => {
    const at = rowTimesMatrix(site.fractional, toRepeat)
    if (kept.some((other) => other.element === site.element && sameModuloOne(host, basis, other.at, at)))
      return
    kept.push({
      element: site.element,
      at,
      atom: { hostSite, inPlane: [at[0], at[1]], height: at[2] - Math.floor(at[2]) },
    })
  })
  if (kept.length !== Math.round(wanted))
    throw new RangeError('The translations do not map the host onto itself.')
  return kept.map(({ atom }) => atom)
}

function sameModuloOne(host: Structure, basis: Matrix3, a: Vector3, b: Vector3): boolean {
  const fold = (x: number) => x - Math.round(x)
  const difference: Vector3 = [fold(a[0] - b[0]), fold(a[1] - b[1]), fold(a[2] - b[2])]
  return norm(toCartesian(host.lattice, rowTimesMatrix(difference, basis))) < 0.1
}
