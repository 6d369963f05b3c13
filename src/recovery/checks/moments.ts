import { describeMoments, flippedMoments, lostMoments } from '../moment-changes.ts'
import type { Check } from './check.ts'

export const momentsFlippedCheck: Check = {
  name: 'moments_flipped',
  asks: 'Is the magnetic order the planned one?',
  finds: ({ planned, outcar }) => {
    const flipped = flippedMoments(planned, outcar)
    return flipped.length === 0 ? undefined : `spins turned over, so another magnetic order than it was started in: ${describeMoments(flipped)}`
  },
}

export const momentsLostCheck: Check = {
  name: 'moments_lost',
  asks: 'Did every local moment survive?',
  finds: ({ planned, outcar }) => {
    const lost = lostMoments(planned, outcar)
    return lost.length === 0 ? undefined : `less than half of the starting moment is left, so low spin or another charge state: ${describeMoments(lost)}`
  },
}
