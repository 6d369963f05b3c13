/** A 3-vector. Plain arrays: these run in the inner loops of neighbour searches and relaxations. */
export type Vector3 = readonly [number, number, number]

export const zeroVector: Vector3 = [0, 0, 0]

export function add(a: Vector3, b: Vector3): Vector3 {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

export function subtract(a: Vector3, b: Vector3): Vector3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

export function scale(a: Vector3, factor: number): Vector3 {
  return [a[0] * factor, a[1] * factor, a[2] * factor]
}

export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

export function norm(a: Vector3): number {
  return Math.hypot(a[0], a[1], a[2])
}

export function normalize(a: Vector3): Vector3 {
  return scale(a, 1 / norm(a))
}

/** Angle between two vectors in degrees, 0 to 180. */
export function angleDegrees(a: Vector3, b: Vector3): number {
  const cosine = dot(a, b) / (norm(a) * norm(b))
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI
}
