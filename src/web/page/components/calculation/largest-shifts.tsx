import type { StructureAnswer } from '../../../calculation-api.ts'

const shown = 6

/** The picture in words: which atoms went furthest. */
export function LargestShifts({ answer: { labels, displacements } }: { answer: StructureAnswer }) {
  const shifts = labels.map((label, n) => ({ label, angstrom: Math.hypot(...displacements.slice(3 * n, 3 * n + 3)) }))
  const largest = [...shifts].sort((a, b) => b.angstrom - a.angstrom).slice(0, shown)
  return (
    <p class="quiet">
      Largest shifts: {largest.map(({ label, angstrom }) => `${label} ${angstrom.toFixed(2)} Å`).join(', ')}
    </p>
  )
}
