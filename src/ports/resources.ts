/** What a job asks of the batch system. Every value is checked before it is written into a script. */
export interface Resources {
  readonly nodes: number
  readonly ranksPerNode: number
  /** Threads of each rank; 1 when absent. */
  readonly coresPerRank?: number
  readonly memoryMibPerNode?: number
  readonly walltimeSeconds: number
  /** How far the time limit may be raised for a run that needs it; without it the limit stays. */
  readonly maxWalltimeSeconds?: number
  /** How many nodes a job may take when memory runs out; without it the number stays. */
  readonly maxNodes?: number
  /** Slurm's partition, the queue of the others. */
  readonly partition?: string
  /** Who pays: account, project or charge code. */
  readonly account?: string
  readonly qos?: string
  /** A demand on the nodes, in the words of the batch system. */
  readonly constraint?: string
  readonly exclusive?: boolean
  /** Nodes on which this calculation has failed; only for a batch system that can be told so. */
  readonly avoidNodes?: readonly string[]
  /** Grid Engine spreads ranks over nodes by an environment that the site names. */
  readonly parallelEnvironment?: string
  /** What a directive line says after `#SBATCH`, `#PBS`, `#$` or `#BSUB`. */
  readonly extraDirectives?: readonly string[]
}

/** A site's resources, with what some kinds of steps (`relax`, `static`, `dos`) need otherwise. */
export interface SiteResources extends Resources {
  readonly steps?: Readonly<Record<string, Partial<Resources>>>
}

/** One rank for a day: a site without a batch system shares its cores by `maxJobs`. */
export const singleRank: Resources = { nodes: 1, ranksPerNode: 1, walltimeSeconds: 86_400 }

/** What one kind of step asks for: the site's values, replaced by those given for it. */
export function resourcesOfStep(resources: SiteResources | undefined, step: string): Resources {
  const { steps, ...common }: SiteResources = resources ?? singleRank
  return { ...common, ...steps?.[step] }
}
