import type { Resources } from '../../ports/resources.ts'
import type { Scheduler } from '../../ports/scheduler.ts'
import type { Correction } from '../../recovery/correction.ts'
import type { Layout } from '../../recovery/layout.ts'

/** What the batch system is asked for after the corrections in force. */
export function correctedResources(
  resources: Resources,
  layout: Layout | undefined,
  corrections: readonly Correction[],
): Resources {
  const shared = layout === undefined ? resources : onLayout(resources, layout)
  const walltimeSeconds = longerWalltime(resources, corrections)
  return walltimeSeconds === resources.walltimeSeconds ? shared : { ...shared, walltimeSeconds }
}

/** Fewer ranks keep the cores of the node, and so its memory, where memory is given by the core. */
function onLayout(resources: Resources, { nodes, ranksPerNode }: Layout): Resources {
  if (nodes === resources.nodes && ranksPerNode === resources.ranksPerNode) return resources
  const { coresPerRank = 1 } = resources
  const keepsCores = resources.memoryMibPerNode === undefined && resources.exclusive !== true
  const factor = resources.ranksPerNode / ranksPerNode
  const cores = keepsCores && factor > 1 ? { coresPerRank: coresPerRank * factor } : {}
  return { ...resources, nodes, ranksPerNode, ...cores }
}

/** The limit times the factors in force, within what the site allows; as it was where the site does not say. */
export function longerWalltime(resources: Resources, corrections: readonly Correction[]): number {
  const factor = corrections
    .flatMap(({ changes }) => changes.flatMap((change) => (change.kind === 'walltime' ? [change.factor] : [])))
    .reduce((product, each) => product * each, 1)
  const most = Math.max(resources.walltimeSeconds, resources.maxWalltimeSeconds ?? 0)
  return Math.min(most, Math.round(resources.walltimeSeconds * factor))
}

/** Keeps a job off the nodes that failed it, where the batch system can be told so. */
export function avoidingNodes(resources: Resources, { avoidsNodes }: Pick<Scheduler, 'avoidsNodes'>, nodes: readonly string[] = []): Resources {
  const known = nodes.filter((node) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(node))
  return avoidsNodes === undefined || known.length === 0 ? resources : { ...resources, avoidNodes: known }
}
