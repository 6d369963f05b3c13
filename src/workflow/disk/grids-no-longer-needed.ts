import { partitionFiles, type LargeFile } from './large-files.ts'

/** What has been taken from the grids of a finished static step. */
export interface TakenFromGrids {
  /** Bader charges, or the record that the site can make none. */
  readonly hasCharges: boolean
  /** The planar average of LOCPOT, which is taken when the run is collected. */
  readonly hasPlanarPotential: boolean
  /** Every plane of the density that a figure shows, own and as the undoped partner of others: `dopant report --densities all` takes them. */
  readonly hasPlanes: boolean
}

/**
 * Grids of a finished static step whose every use in tables, figures and reports is in the project: they may go without a
 * result losing anything. ELFCAR is read by nothing here, so nothing here can say that it was.
 */
export function gridsNoLongerNeeded({ hasCharges, hasPlanarPotential, hasPlanes }: TakenFromGrids): readonly LargeFile[] {
  return [
    ...(hasCharges ? partitionFiles : []),
    ...(hasCharges && hasPlanes ? (['CHGCAR'] as const) : []),
    ...(hasPlanarPotential ? (['LOCPOT'] as const) : []),
  ]
}
