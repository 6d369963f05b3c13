import { effect, signal } from '@preact/signals'
import type { SitesAnswer } from '../../api-types.ts'
import { ApiError, getJson } from '../api.ts'
import { version } from './project.ts'

/** How the sites are; read while somebody looks, every quarter of a minute and soon after something has moved. */
export const sitesNow = signal<SitesAnswer | undefined>(undefined)

const everyMs = 15_000
const soonMs = 2000

/** @returns stops reading */
export function followSites(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  const read = async (): Promise<void> => {
    try {
      if (document.visibilityState === 'visible') sitesNow.value = await getJson<SitesAnswer>('/api/sites')
    } catch (error) {
      // The line at the top says that the connection is lost.
      if (!(error instanceof ApiError)) throw error
    }
    if (!isStopped) plan(everyMs)
  }
  const plan = (ms: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void read(), ms)
  }
  let isFirst = true
  const stopWatching = effect(() => {
    void version.value
    if (isFirst) void read()
    else plan(soonMs)
    isFirst = false
  })
  return () => {
    isStopped = true
    clearTimeout(timer)
    stopWatching()
  }
}

/** Why a job waits, in the batch system's words. */
export function noticeOf(id: string): string | undefined {
  const notice = sitesNow.value?.notices.find(({ calculationId }) => calculationId === id)
  return notice === undefined ? undefined : [notice.reason, notice.neverRuns].filter((words) => words !== null).join(' · ')
}

/** How far a running calculation has come. */
export function progressOf(id: string): string | undefined {
  return sitesNow.value?.running.find((each) => each.id === id)?.words
}
