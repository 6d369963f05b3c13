import type { Bonding } from '../../analysis/bonds.ts'

/** `6` when all agree, else `4 × 8, 6 × 16`, smallest first. */
export function countsText(counts: readonly number[]): string {
  const tally = new Map<number, number>()
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1)
  const sorted = [...tally].sort(([a], [b]) => a - b)
  return sorted.length === 1
    ? String(sorted[0]?.[0])
    : sorted.map(([count, times]) => `${count} × ${times}`).join(', ')
}

const mostCentres = 4

/** Every length with three decimals; ions separated by |, `none` for one without bonds. Of many ions only the count, because the cell would be a page. */
export function lengthsText(bonding: readonly Bonding[]): string {
  if (bonding.length > mostCentres)
    return `${bonding.reduce((sum, one) => sum + one.bonds.length, 0)} lengths`
  return bonding.map(({ bonds }) => bonds.map((bond) => bond.lengthAngstrom.toFixed(3)).join(' ') || 'none').join(' | ')
}

export function rulesText(bonding: readonly Bonding[]): string {
  return [...new Set(bonding.flatMap(({ rules }) => rules.map((rule) => rule.text)))].join('; ')
}
