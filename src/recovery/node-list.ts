/** Lists that are longer are not written out: no message about a node means that many. */
export const mostNodesOfList = 64

/**
 * Names of nodes in the order of the list, each once: `cn[01-04,07],gpu3` (Slurm), `node1/0*4+node2/1` (exec_host of PBS and
 * Torque), `4*host1:2*host2` (exec_host of LSF), `host1 4 host2 2` (LSB_MCPU_HOSTS), and plain names between commas or blanks.
 *
 * Counts before it writes out, so that no range takes memory.
 *
 * @param most  more names than this are no answer
 * @returns undefined for what is no such list, or too long
 * @source manual pages of scontrol (hostlist), pbs_job_attributes, bjobs
 */
export function expandNodeList(text: string, most = mostNodesOfList): readonly string[] | undefined {
  if (text.length > longestText) return undefined
  const names = new Set<string>()
  for (const item of itemsOf(text.trim())) {
    const parts = partsOf(item)
    if (parts === undefined || countOf(parts) > most) return undefined
    for (const name of written(parts)) names.add(name)
    if (names.size > most) return undefined
  }
  return names.size > 0 && [...names].every((name) => nodeName.test(name)) ? [...names] : undefined
}

const longestText = 10_000
const nodeName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/

/** One name or bracket expression each, without the counts and core numbers that batch systems put beside them. */
function itemsOf(text: string): readonly string[] {
  // Commas within brackets part numbers, not nodes.
  if (text.includes('[')) return text.split(/,(?![^[]*\])/).filter((each) => each !== '')
  // `node1/0*4+node2/1`, `node1/0-3+node2/0,2`: what follows the slash are cores.
  if (text.includes('/')) return text.split('+').map((each) => /^([^/]+)\/[\d,*-]+$/.exec(each)?.[1] ?? each)
  // A number alone counts the slots of the host before it.
  return text.split(/[\s,+:]+/).map((each) => each.replace(/^\d+\*/, '')).filter((each) => !/^\d*$/.test(each))
}

/** What stands at one place of a name: plain text, or a choice of numbers. */
type Part = string | readonly Range[]

interface Range {
  readonly first: number
  readonly last: number
  /** With zeros in front. */
  readonly width: number
}

/** `rack1-n[01-04]-ib` in three parts; undefined where brackets or ranges are broken. */
function partsOf(item: string): readonly Part[] | undefined {
  const parts = item.split(/(\[[^[\]]*\])/).filter((part) => part !== '')
  const read = parts.map((part) => (part.startsWith('[') ? rangesOf(part.slice(1, -1)) : /[[\]]/.test(part) ? undefined : part))
  return read.length > 0 && read.every((part) => part !== undefined) ? read : undefined
}

function rangesOf(text: string): readonly Range[] | undefined {
  const ranges = text.split(',').map((each): Range | undefined => {
    const [, from, to = from] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(each) ?? []
    if (from === undefined || to === undefined || Number(to) < Number(from)) return undefined
    return { first: Number(from), last: Number(to), width: from.length }
  })
  return ranges.every((range) => range !== undefined) ? ranges : undefined
}

function countOf(parts: readonly Part[]): number {
  return parts.reduce((count, part) => count * (typeof part === 'string' ? 1 : part.reduce((sum, { first, last }) => sum + last - first + 1, 0)), 1)
}

/** Every name, the last number turning fastest. */
function written(parts: readonly Part[]): readonly string[] {
  return parts.reduce<readonly string[]>((names, part) => names.flatMap((name) => choicesOf(part).map((choice) => name + choice)), [''])
}

function choicesOf(part: Part): readonly string[] {
  if (typeof part === 'string') return [part]
  return part.flatMap(({ first, last, width }) => Array.from({ length: last - first + 1 }, (_, n) => String(first + n).padStart(width, '0')))
}
