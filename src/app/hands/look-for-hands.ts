import { isKnownError } from '../../base/known-error.ts'
import { SiteUnreachableError } from '../../ports/transport-errors.ts'
import type { Transport } from '../../ports/transport.ts'
import type { CalculationSummary } from '../../ports/store.ts'
import { inCalls } from '../dispatch/look-at.ts'
import { siteOf, type EngineParts } from '../engine/engine-parts.ts'
import { isSiteTrouble, saySiteTrouble } from '../engine/site-trouble.ts'
import { handEdits } from './hand-edits.ts'
import { notedByHand, saveNotedByHand, type NotedByHand } from './noted-by-hand.ts'
import { telling } from './remote-checksums.ts'

type Parts = Pick<EngineParts, 'store' | 'sites' | 'say'>

const lookEveryMs = 3_600_000

/** Looks at a site's folders at most once an hour; what is wrong with the site is said and stops nothing. */
export async function lookForHandsWhenDue(parts: EngineParts, siteName: string, lookedMs: Map<string, number>): Promise<void> {
  const nowMs = parts.clock.now().getTime()
  const last = lookedMs.get(siteName)
  if (last !== undefined && nowMs >= last && nowMs - last < lookEveryMs) return
  lookedMs.set(siteName, nowMs)
  try {
    await lookForHands(parts, siteName)
  } catch (error) {
    if (!isKnownError(error) || !isSiteTrouble(error)) throw error
    saySiteTrouble(parts, siteName, error)
  }
}

/**
 * Finds, among everything on a site that has ended, the folders in which a person changed inputs or ran VASP again, and keeps what
 * was found for whoever asks. A file that is younger than its job's end is compared by checksum; the others are not read.
 */
export async function lookForHands(parts: Parts, siteName: string): Promise<readonly NotedByHand[]> {
  const { transport } = siteOf(parts as EngineParts, siteName)
  const noted: NotedByHand[] = []
  let afterId: string | undefined
  for (;;) {
    const page = await parts.store.summaries({ site: siteName, states: ['done', 'failed', 'cancelled'], limit: perPage, ...(afterId === undefined ? {} : { afterId }) })
    const suspected = await youngerThanEnd(transport, page.filter(hasOwnFolder))
    for (const calculation of suspected) noted.push(...(await changesOf(parts, transport, calculation)))
    if (page.length < perPage || noted.length >= mostNoted) break
    afterId = page.at(-1)?.id
  }
  const before = await notedByHand(parts.store, [siteName])
  if (JSON.stringify(before) !== JSON.stringify(noted)) await saveNotedByHand(parts.store, siteName, noted)
  const isNews = (each: NotedByHand): boolean => !before.some((other) => other.calculationId === each.calculationId)
  for (const { calculationId: id, names } of noted.filter(isNews)) {
    parts.say(`${id}: ${names.join(', ')} changed by hand after its end; \`dopant adopt ${id}\` shows it.`)
  }
  return noted
}

const perPage = 500
/** Nobody reads a longer list. */
const mostNoted = 200

/** Those that wait for a person because of it already are told by their failure. */
function hasOwnFolder({ remoteFolder, reusedFrom, failure }: CalculationSummary): boolean {
  const isKnown = failure?.code === 'INPUTS_EDITED' || failure?.code === 'RERUN_BY_HAND'
  return remoteFolder !== null && reusedFrom === null && !isKnown
}

async function changesOf(parts: Parts, transport: Transport, { id, attempt }: CalculationSummary): Promise<readonly NotedByHand[]> {
  const record = (await parts.store.attempts(id)).find((each) => each.attempt === attempt)
  const edits = record === undefined ? [] : await handEdits(transport, record)
  const names = edits.filter(({ how }) => how !== 'removed').map(({ name }) => name)
  return names.length === 0 ? [] : [{ calculationId: id, attempt, names }]
}

/** @throws SiteUnreachableError when an answer is not whole */
async function youngerThanEnd(transport: Transport, calculations: readonly CalculationSummary[]): Promise<readonly CalculationSummary[]> {
  const found: CalculationSummary[] = []
  let first = 0
  for (const folders of inCalls(calculations.map(({ remoteFolder }) => remoteFolder ?? ''))) {
    const { stdout, stderr } = await transport.run({ program: 'sh', args: ['-c', youngerScript, 'dopant-younger', ...folders] })
    const lines = stdout.split('\n').filter((line) => line !== '')
    if (lines.pop() !== `looked at ${folders.length}`) throw new SiteUnreachableError(transport.host, `the look into ${folders.length} folders was cut. ${stderr}`)
    for (const line of lines) found.push(...calculations.slice(first + Number(line), first + Number(line) + 1))
    first += folders.length
  }
  return found
}

/** The numbers of the folders, from 0, in which a file is younger than the job's own end. Nothing is opened. */
const youngerScript = `
number=0
for folder; do
  if [ -f "$folder/dopant-end" ]; then
    for name in INCAR KPOINTS POSCAR ${telling.join(' ')}; do
      if [ "$folder/$name" -nt "$folder/dopant-end" ]; then echo "$number"; break; fi
    done
  fi
  number=$((number + 1))
done
echo "looked at $number"
`
