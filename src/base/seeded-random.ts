/** A stream of numbers in [0, 1) that is the same on every machine for the same seed. */
export type Random = () => number

/**
 * mulberry32 seeded with an FNV-1a hash of the text.
 *
 * Used for rattles and tie-breaking only; it is not for cryptography.
 */
export function seededRandom(seed: string): Random {
  let state = fnv1a(seed)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A point on the unit sphere, uniformly distributed. */
export function randomDirection(random: Random): readonly [number, number, number] {
  const z = 2 * random() - 1
  const angle = 2 * Math.PI * random()
  const radius = Math.sqrt(1 - z * z)
  return [radius * Math.cos(angle), radius * Math.sin(angle), z]
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return hash >>> 0
}
