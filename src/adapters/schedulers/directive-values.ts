import type { Resources } from '../../ports/resources.ts'
import { DirectiveRefusedError, ResourceUnsupportedError } from '../../ports/scheduler-errors.ts'

const plainName = /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]*$/
const constraintWords = /^[A-Za-z0-9_[(!][A-Za-z0-9_.,:@+%=<>!&|*()[\]/ -]*$/
const nodeName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
// Letter first and at most 15: the rules of PBS and Grid Engine, the strictest.
const jobNameWords = /^[A-Za-z][A-Za-z0-9_-]{0,14}$/

/** The job's name, which every batch system shows uncut. @throws DirectiveRefusedError */
export function checkedJobName(name: string): string {
  return checked('The job name', name, jobNameWords)
}

/** Resources whose values each fit into one directive. @throws DirectiveRefusedError naming the field */
export function checkedResources(resources: Resources): Resources {
  const { extraDirectives, constraint, exclusive: _, avoidNodes, ...others } = resources
  for (const [field, value] of Object.entries(others)) {
    if (typeof value === 'number') checkNumber(field, value)
    else if (value !== undefined) checked(field, value, plainName)
  }
  if (constraint !== undefined) checked('constraint', constraint, constraintWords)
  for (const node of avoidNodes ?? []) checked('avoidNodes', node, nodeName)
  for (const line of extraDirectives ?? []) checkExtra(line)
  return resources
}

function checkNumber(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) throw new DirectiveRefusedError(field, value)
}

function checked(field: string, value: unknown, pattern: RegExp): string {
  if (typeof value !== 'string' || !pattern.test(value) || value.length > 200)
    throw new DirectiveRefusedError(field, value)
  return value
}

// Name, array and output belong to the attempt: an array would be many executions, another name no identity.
const ours =
  /^(-[JN]|-[atoe](\s|[^A-Za-z-]|$)|--(job-name|array|output|error|wrap|wait|test-only|parsable)\b)/

function checkExtra(line: string): void {
  const isOneOption = /^-[A-Za-z-][\x20-\x7e]*$/.test(line)
  if (!isOneOption || ours.test(line)) throw new DirectiveRefusedError('extraDirectives', line)
}

/** `-l h_rt=3600` of the user behind the word of the batch system. */
export function extraLines(prefix: string, { extraDirectives = [] }: Resources): readonly string[] {
  return extraDirectives.map((line) => `${prefix} ${line}`)
}

/** @throws ResourceUnsupportedError when the field is given */
export function refuseField(
  scheduler: string,
  resources: Resources,
  field: 'qos' | 'parallelEnvironment',
): void {
  if (resources[field] === undefined) return
  const remedy = `Remove ${field} from the resources of the site, or say it in extraDirectives.`
  throw new ResourceUnsupportedError(scheduler, `there is no directive for ${field}.`, remedy)
}

/** `30:05:00`, with as many hours as it takes. */
export function hoursMinutesSeconds(seconds: number): string {
  const pair = (value: number): string => String(value).padStart(2, '0')
  return `${pair(Math.floor(seconds / 3600))}:${pair(Math.floor(seconds / 60) % 60)}:${pair(seconds % 60)}`
}

/** A node as the batch system may know it: `cn07` and `cn07.cluster.example.org`. */
export function nodeNames(node: string): readonly string[] {
  const short = node.split('.')[0] ?? node
  return short === node ? [node] : [short, node]
}

export function coresPerNode({ ranksPerNode, coresPerRank = 1 }: Resources): number {
  return ranksPerNode * coresPerRank
}
