/** Files of a run that take gigabytes. Nothing else is ever removed. */
export const orbitalFiles = ['WAVECAR'] as const
/** The densities that a partition is made with; nothing reads them after ACF.dat. */
export const partitionFiles = ['AECCAR0', 'AECCAR1', 'AECCAR2', 'CHG'] as const
/** Read once, when a run is collected: the planar average stands in its result. */
export const potentialFiles = ['LOCPOT'] as const
/** Read again by figures of the density, and by people. */
export const densityFiles = ['CHGCAR', 'ELFCAR'] as const

export const largeFiles = [...orbitalFiles, ...partitionFiles, ...potentialFiles, ...densityFiles] as const
export type LargeFile = (typeof largeFiles)[number]

/** What a step keeps for good: everything, the files that are named, or what is left when nothing was said. */
export type Keep = 'all' | readonly LargeFile[] | undefined

/** Files that may go as soon as nothing waits for them: without a word of the screen the densities stay for the figures. */
export function goesByItself(file: LargeFile, keep: Keep): boolean {
  if (keep === 'all') return false
  if (keep === undefined) return !(densityFiles as readonly string[]).includes(file)
  return !keep.includes(file)
}
