/** Shifts in Å of the cells that are drawn: `cells` along a and along b, one along c, where a slab has its vacuum. */
export function imagesOf(lattice: readonly number[], cells: number): readonly (readonly [number, number, number])[] {
  const shifts: (readonly [number, number, number])[] = []
  for (let i = 0; i < cells; i++)
    for (let j = 0; j < cells; j++) {
      const at = (axis: number): number => i * (lattice[axis] ?? 0) + j * (lattice[3 + axis] ?? 0)
      shifts.push([at(0), at(1), at(2)])
    }
  return shifts
}

/** Of the rows, in Å. */
export function longestSpan(lattice: readonly number[]): number {
  return Math.max(...[0, 3, 6].map((row) => Math.hypot(lattice[row] ?? 0, lattice[row + 1] ?? 0, lattice[row + 2] ?? 0)))
}
