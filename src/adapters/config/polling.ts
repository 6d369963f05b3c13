import type { TransportSettings } from '../../ports/transport-settings.ts'

const usualSeconds = 120
const shortestSeconds = 30

/** How often a site is looked at: what it states is never gone below; without it 120 s, and 30 s right after a submission. */
export function pollingOf(stated: number | undefined): { readonly pollSeconds: number; readonly fastestPollSeconds: number } {
  if (stated === undefined) return { pollSeconds: usualSeconds, fastestPollSeconds: shortestSeconds }
  return { pollSeconds: stated, fastestPollSeconds: stated }
}

/**
 * What is wrong with the pace that a site states: a login node is shared, this machine is not.
 *
 * `DOPANT_SHORTEST_POLL_SECONDS` moves the limit for servers of one's own, as tests start them.
 */
export function hastyPolling(
  site: { readonly transport: TransportSettings; readonly pollSeconds?: number | undefined },
  environment: NodeJS.ProcessEnv,
): string | undefined {
  const shortest = Number(environment['DOPANT_SHORTEST_POLL_SECONDS'] ?? shortestSeconds)
  if (site.transport.kind === 'local' || site.pollSeconds === undefined || !(site.pollSeconds < shortest)) return undefined
  return `pollSeconds ${site.pollSeconds} is too often for a login node that others use; ${shortest} is the least`
}
