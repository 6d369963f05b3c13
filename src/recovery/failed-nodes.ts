import { expandNodeList } from './node-list.ts'

/**
 * Nodes that the batch system or MPI name as failed, in the order of the messages; empty when they name none. A list such as
 * `cn[01-04,07]` stands for each of its nodes; one of more nodes than a single fault takes is not followed.
 *
 * @source messages of Slurm (srun), Open MPI (ORTE)
 */
export function failedNodes(stderr: string): readonly string[] {
  const lists = patterns.flatMap((pattern) => [...stderr.matchAll(pattern)].map(([, list = '']) => list))
  return [...new Set(lists.flatMap((list) => expandNodeList(list) ?? []))]
}

const patterns: readonly RegExp[] = [
  /\bNode failure on ([A-Za-z0-9][\w.,[\]-]*[\w\]])/gi,
  /^srun: error: ([A-Za-z0-9][\w.,[\]-]*): tasks? [\d,-]+: Bus error/gm,
  /^srun: error: Task launch for \S+ failed on node ([A-Za-z0-9][\w.-]*):/gm,
  /^ *Remote daemon: .* on node ([A-Za-z0-9][\w.-]*)/gm,
]
