import type { DiskEstimate } from './disk-estimate.ts'

/** `3.2 GB`, decimal as batch systems and quotas of people count. */
export function gigabytes(bytes: number): string {
  const value = bytes / 1e9
  return `${value < 0.095 ? value.toFixed(3) : value.toFixed(1)} GB`
}

/** For the plan: what it takes, and whether the site has it. */
export function diskWords({ writtenBytes, peakBytes, keptBytes, calculations }: DiskEstimate, quotaGib: number | undefined): string {
  const largest = calculations.reduce((most, { bytes }) => Math.max(most, bytes), 0)
  const words = `Disk: ${gigabytes(writtenBytes)} written, at most ${gigabytes(peakBytes)} at once, ${gigabytes(keptBytes)} stay (largest calculation ${gigabytes(largest)}).`
  if (quotaGib === undefined) return words
  const quotaBytes = quotaGib * 1024 ** 3
  if (peakBytes <= quotaBytes) return `${words} The site gives ${gigabytes(quotaBytes)}.`
  return `${words} That is more than the ${gigabytes(quotaBytes)} of the site: run the screen in parts, keep less, or ask for a larger quota.`
}
