/** Doubles with each failure up to a cap; half of it is chance, so that many clients do not come back together. */
export function backoffSeconds(
  failures: number,
  { base, cap }: { base: number; cap: number },
  chance = Math.random,
): number {
  const full = Math.min(cap, base * 2 ** (failures - 1))
  return full * (0.5 + 0.5 * chance())
}
