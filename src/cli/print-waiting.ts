import type { WaitingReason } from '../app/screens/why-waiting.ts'
import type { JobNotice, SiteTraffic } from '../ports/site-watch.ts'
import { alignedText } from './aligned-text.ts'

/** One line for each reason; nothing when nothing waits. */
export function waitingText(reasons: readonly Pick<WaitingReason, 'text'>[]): string {
  return reasons.length === 0 ? '' : `\n${reasons.map(({ text }) => `${text}\n`).join('')}`
}

/** Why the job of a calculation waits, in the words of the batch system. */
export function noticeText({ reason, neverRuns }: JobNotice): string {
  return neverRuns === null ? `waits: ${reason}` : `will never run as it is: ${neverRuns}`
}

/** What each site was asked in each hour. */
export function trafficText(hours: readonly SiteTraffic[]): string {
  if (hours.length === 0) return ''
  const header = ['site', 'hour (UTC)', 'connections', 'status calls', 'accounting', 'commands', 'sent', 'received']
  const rows = hours.map((each) => [
    each.site,
    each.hour.slice(0, 16).replace('T', ' '),
    String(each.connections),
    String(each.statusCalls),
    String(each.accountingCalls),
    String(each.otherCommands),
    moved(each.filesSent, each.bytesSent),
    moved(each.filesReceived, each.bytesReceived),
  ])
  return `\n${alignedText(header, rows)}`
}

function moved(files: number, bytes: number): string {
  return files === 0 ? '0' : `${files} files, ${(bytes / 1e6).toFixed(1)} MB`
}
