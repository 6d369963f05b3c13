import { freePairs } from '../symptoms/result/oxygen-left.ts'
import type { Check } from './check.ts'

export const oxygenLeftCheck: Check = {
  name: 'oxygen_left',
  asks: 'Did oxygen leave the crystal as a molecule?',
  finds: ({ planned, final }) => {
    const before = freePairs(planned.structure).length
    const after = freePairs(final)
    return after.length > before
      ? `oxygen left the crystal as O2: ions ${after.map(([i, j]) => `${i + 1}–${j + 1}`).join(', ')}, bonded to each other and to no cation`
      : undefined
  },
}
