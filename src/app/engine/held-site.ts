import { createHash } from 'node:crypto'
import { resourcesOfStep } from '../../ports/resources.ts'
import type { SiteSettingRefusedError } from '../../ports/scheduler-errors.ts'
import type { SiteHold } from '../../ports/site-watch.ts'
import type { Site } from '../../ports/site.ts'
import type { CalculationRecord, Store } from '../../ports/store.ts'
import { moveAll } from '../screens/move-all.ts'
import { siteOf, type EngineParts } from './engine-parts.ts'

/** Stands for what the site's definition asks of its batch system. */
function settingsOf({ scheduler, resources }: Site): string {
  return createHash('sha256').update(JSON.stringify([scheduler, resources ?? null])).digest('hex')
}

/** Why nothing is submitted on a site before a person has put its definition right; a definition that has changed is tried. */
export async function holdOf(store: Pick<Store, 'siteHolds'>, site: Site): Promise<SiteHold | undefined> {
  // Processes of this machine have no account, partition or QOS.
  if (site.scheduler === 'direct') return undefined
  const hold = (await store.siteHolds()).find((each) => each.site === site.name)
  return hold?.settings === settingsOf(site) ? hold : undefined
}

/** For people: the setting, its value and what to do. */
export function holdWords({ site, setting, reason }: SiteHold): string {
  return `${site} takes no jobs before its definition is put right: ${reason} ${remedyOf(site, setting)}`
}

function remedyOf(site: string, setting: string): string {
  return `Correct resources.${setting} of ${site} in sites.yaml and run again; where it was put right on the cluster, use \`dopant resume site:${site}\`.`
}

/**
 * Submits nothing more on a site whose definition the batch system refuses, and says once which setting is at fault. What was staged
 * under that definition is made anew afterwards.
 */
export async function holdForSettings(parts: EngineParts, { id, site: siteName, step }: CalculationRecord, error: SiteSettingRefusedError): Promise<void> {
  const { site } = siteOf(parts, siteName)
  const isKnown = (await holdOf(parts.store, site)) !== undefined
  const { setting } = error
  const value = resourcesOfStep(site.resources, step)[setting]
  const asked = value === undefined ? `it names no ${setting}` : `${setting} is ${value}`
  const reason = `for ${id} ${asked}. ${error.message}`.replace(/[.\s]*$/, '.')
  const hold = { site: siteName, setting, reason, settings: settingsOf(site), since: parts.clock.now().toISOString() }
  if (!isKnown) await parts.store.saveSiteHold(hold)
  await remakeStaged(parts.store, siteName)
  if (!isKnown) parts.say(holdWords(hold))
}

async function remakeStaged(store: Store, siteName: string): Promise<void> {
  await moveAll(store, await store.summaries({ site: siteName, states: ['staged'] }), 'ready', unsubmitted)
}

/** One that was staged while another submission was refused. */
export async function remakeLater({ store }: EngineParts, staged: CalculationRecord): Promise<void> {
  await store.transition(staged, 'ready', unsubmitted)
}

const unsubmitted = { actor: 'submit', reason: 'never submitted: the site refuses what its job script asks for' }

/** Lets sites go on whose definition has changed since it was refused. */
export async function releaseMended(parts: EngineParts): Promise<void> {
  for (const { site, settings } of await parts.store.siteHolds()) {
    const connection = parts.sites.get(site)
    if (connection === undefined || settingsOf(connection.site) === settings) continue
    await parts.store.releaseSite(site)
    parts.say(`${site}: its definition has changed; it is asked again.`)
  }
}

/** The sites among the targets (`site:NAME`) that were held; a person says that they may be asked again. */
export async function releaseSites(store: Pick<Store, 'siteHolds' | 'releaseSite'>, targets: readonly string[]): Promise<readonly string[]> {
  const held = (await store.siteHolds()).map(({ site }) => site).filter((site) => targets.includes(`site:${site}`))
  for (const site of held) await store.releaseSite(site)
  return held
}
