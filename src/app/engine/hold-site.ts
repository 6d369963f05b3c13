import { randomBytes } from 'node:crypto'
import { SiteUnreachableError } from '../../ports/transport-errors.ts'
import { SiteOwnedElsewhereError, WorkFolderGoneError } from '../../ports/site-ownership-errors.ts'
import { readTenureToken, tenureToken, type Tenure } from '../../ports/tenures.ts'
import type { Command, CommandResult } from '../../ports/transport.ts'
import { holdScript, ownedExit, ownedScript, readHold } from '../dispatch/owner-epoch-scripts.ts'
import { remoteRoot } from '../dispatch/remote-root.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'

/** What this process holds already; each engine asks a site once, and again when it was told to. */
const heldBy = new WeakMap<EngineParts, Map<string, Promise<Tenure>>>()

/**
 * Runs a command that changes something on a site, if this copy of the project still owns the site: both in one call.
 *
 * @throws SiteOwnedElsewhereError when another copy took over; nothing was changed
 * @throws WorkFolderGoneError when the project's folder on the site is not there
 */
export async function runOwned(parts: EngineParts, siteName: string, command: Command): Promise<CommandResult> {
  const first = await runUnder(parts, siteName, command, await hold(parts, siteName))
  if (first.refusal === undefined) return first.output
  // Another process of the same store may have begun a new epoch, or the links were swept away: asked once more.
  forgetHold(parts, siteName)
  const again = await runUnder(parts, siteName, command, await hold(parts, siteName))
  if (again.refusal === undefined) return again.output
  throw again.refusal
}

/** Makes sure that this copy owns the project on a site, before anything is read there that a later step relies on. */
export async function holdSite(parts: EngineParts, siteName: string): Promise<void> {
  await hold(parts, siteName)
}

/** Makes this copy the owner of the project on a site, whoever has it now. */
export async function takeOverSite(parts: EngineParts, siteName: string): Promise<Tenure> {
  forgetHold(parts, siteName)
  const taking = claim(parts, siteName, 'take')
  memoryOf(parts).set(siteName, taking)
  taking.catch(() => forgetHold(parts, siteName))
  return taking
}

function hold(parts: EngineParts, siteName: string): Promise<Tenure> {
  const held = memoryOf(parts).get(siteName)
  if (held !== undefined) return held
  const holding = claim(parts, siteName, parts.tenures.owner.isAlone ? 'raise' : 'keep')
  memoryOf(parts).set(siteName, holding)
  holding.catch(() => {
    if (memoryOf(parts).get(siteName) === holding) forgetHold(parts, siteName)
  })
  return holding
}

async function claim(parts: EngineParts, siteName: string, mode: 'raise' | 'keep' | 'take'): Promise<Tenure> {
  const { tenures, clock } = parts
  const known = await tenures.read(siteName)
  if (mode !== 'take') refuseCopy(parts, siteName, known?.token)
  const next = await tenures.propose(siteName, tenureToken(tenures.owner, randomBytes(6).toString('hex'), clock.now()))
  const answer = await askToHold(parts, siteName, [String(known?.epoch ?? 0), known?.token ?? '', next, mode])
  if (!answer.isHeld) throw new SiteOwnedElsewhereError(siteName, answer.token, tenures.owner)
  const tenure = { epoch: answer.epoch, token: answer.token }
  await tenures.keep(siteName, tenure)
  return tenure
}

/** A store that was copied to another folder or machine brings the token of the one that it was copied from. */
function refuseCopy({ tenures, sites }: EngineParts, siteName: string, token: string | undefined): void {
  if (token === undefined || sites.get(siteName)?.site.isProjectsOwn === true) return
  if (readTenureToken(token).ownerId !== tenures.owner.id) throw new SiteOwnedElsewhereError(siteName, token, tenures.owner)
}

async function askToHold(parts: EngineParts, siteName: string, args: readonly string[]) {
  const { site, transport } = siteOf(parts, siteName)
  const root = remoteRoot(site, parts.projectId)
  const output = await transport.run({ program: 'sh', args: ['-c', holdScript, 'dopant-hold', root, ...args] })
  if (output.exitCode === 73 || output.exitCode === 74) throw new WorkFolderGoneError(siteName, root, lastLine(output.stderr))
  const answer = readHold(output.stdout)
  if (answer === undefined) throw new SiteUnreachableError(siteName, `it gave no usable answer: ${lastLine(output.stderr)}`)
  return answer
}

interface Guarded {
  readonly output: CommandResult
  readonly refusal: Error | undefined
}

async function runUnder(parts: EngineParts, siteName: string, command: Command, tenure: Tenure): Promise<Guarded> {
  const { site, transport } = siteOf(parts, siteName)
  const root = remoteRoot(site, parts.projectId)
  const words = [root, String(tenure.epoch), tenure.token, command.program, ...command.args]
  const output = await transport.run({ ...command, program: 'sh', args: ['-c', ownedScript, 'dopant-owned', ...words] })
  const said = /^dopant-owner (.+)$/m.exec(output.stderr)?.[1]
  if (output.exitCode === ownedExit.elsewhere && said !== undefined) {
    return { output, refusal: new SiteOwnedElsewhereError(siteName, said, parts.tenures.owner) }
  }
  const isGone = output.exitCode === ownedExit.gone && said === 'gone'
  return { output, refusal: isGone ? new WorkFolderGoneError(siteName, root, 'it is not there') : undefined }
}

function memoryOf(parts: EngineParts): Map<string, Promise<Tenure>> {
  const known = heldBy.get(parts) ?? new Map<string, Promise<Tenure>>()
  heldBy.set(parts, known)
  return known
}

/** The next call asks the site again. */
export function forgetHold(parts: EngineParts, siteName: string): void {
  memoryOf(parts).delete(siteName)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
