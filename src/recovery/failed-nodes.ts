/**
 * Nodes that the batch system or MPI name as failed, in the order of the messages; empty when they name none.
 *
 * @source messages of Slurm (srun), Open MPI (ORTE)
 */
export function failedNodes(stderr: string): readonly string[] {
  const found = patterns.flatMap((pattern) => [...stderr.matchAll(pattern)].map(([, node = '']) => node))
  return [...new Set(found)]
}

const patterns: readonly RegExp[] = [
  /\bNode failure on ([A-Za-z0-9][\w.-]*\w)(?![\w[])/gi,
  /^srun: error: ([A-Za-z0-9][\w.-]*): tasks? [\d,-]+: Bus error/gm,
  /^ *Remote daemon: .* on node ([A-Za-z0-9][\w.-]*)/gm,
]
