import { isStaleRevision } from '../../ports/store-errors.ts'

/** Somebody else moved the calculation meanwhile, and looks after what follows from that; the others are still to be looked at. */
export async function unlessQuicker(moving: Promise<boolean>): Promise<boolean> {
  try {
    return await moving
  } catch (error) {
    if (!isStaleRevision(error)) throw error
    return false
  }
}

/** All of them at the same time, each to its end: true for those that say so. The first error comes after the last end. */
export async function whichMoved<T>(all: readonly T[], move: (each: T) => Promise<boolean>, then: (moved: readonly T[]) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(all.map((each) => unlessQuicker(move(each))))
  await then(all.filter((_, i) => outcomes[i]?.status === 'fulfilled' && outcomes[i].value))
  const failed = outcomes.find((each) => each.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
