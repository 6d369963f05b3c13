import type { Resources } from '../../ports/resources.ts'
import type { SiteProgram } from '../../ports/site.ts'

/** What may stand in `vasp.program` and `args` for the numbers that the attempt asks for. */
export function withRanks(words: readonly string[], { nodes, ranksPerNode }: Resources): readonly string[] {
  const values: Readonly<Record<string, number>> = { ranks: nodes * ranksPerNode, ranksPerNode, nodes }
  return words.map((word) => word.replaceAll(/\{(ranks|ranksPerNode|nodes)\}/g, (_, name: string) => String(values[name])))
}

/** A launch line that starts the same ranks whatever the job was given. */
export interface FixedRanks {
  /** The words that say so: `-np 16`. */
  readonly words: string
  /** Of all nodes together; undefined where the words count nodes, or ranks on one. */
  readonly ranks: number | undefined
  /** What the number should be. */
  readonly placeholder: '{ranks}' | '{ranksPerNode}' | '{nodes}'
}

const launchers = /^(?:mpi(?:run|exec)(?:[.-]\w+)*|orterun|prun|prterun|srun|aprun|ibrun|jsrun)$/
const ofAllNodes = /^(?:-n|-np|--n|--np|--ntasks)$/
const ofOneNode = /^(?:-N|--nodes|-ppn|-perhost|-npernode|--npernode|--ntasks-per-node)$/

/**
 * A number of ranks or nodes that is written into the launch line itself, so that a job which asks for others runs with it all
 * the same; undefined where the launcher takes what the job was given. Wrappers of the site's own are not looked into.
 *
 * @source the manuals of mpirun (Open MPI, Intel MPI, MPICH), srun, aprun
 */
export function fixedRanks({ program, args }: SiteProgram): FixedRanks | undefined {
  const all = [program, ...args]
  const from = all.findIndex((word) => launchers.test(word.split('/').at(-1) ?? ''))
  if (from < 0) return undefined
  const isSlurms = all[from]?.endsWith('srun') === true
  const words = all.slice(from + 1).flatMap((word, i, rest) => optionAt(word, rest[i + 1], isSlurms))
  return words.find(({ ranks }) => ranks !== undefined) ?? words[0]
}

/** `-np 16`, `-n16`, `--ntasks=16`. */
function optionAt(word: string, next: string | undefined, isSlurms: boolean): readonly FixedRanks[] {
  const [, name = '', own] = /^(-{1,2}[A-Za-z-]+?)(?:=?(\d+))?$/.exec(word) ?? []
  const value = own ?? next ?? ''
  if ((!ofAllNodes.test(name) && !ofOneNode.test(name)) || !/^\d+$/.test(value)) return []
  const words = own === undefined ? `${word} ${value}` : word
  if (ofAllNodes.test(name)) return [{ words, ranks: Number(value), placeholder: '{ranks}' }]
  const isNodes = name === '--nodes' || (name === '-N' && isSlurms)
  return [{ words, ranks: undefined, placeholder: isNodes ? '{nodes}' : '{ranksPerNode}' }]
}
