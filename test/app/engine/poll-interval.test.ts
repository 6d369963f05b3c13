import { describe, expect, it } from 'vitest'
import { inCalls } from '../../../src/app/dispatch/look-at.ts'
import { pollIntervalSeconds } from '../../../src/app/engine/poll-interval.ts'

const cluster = { pollSeconds: 120, fastestPollSeconds: 30 }
const minute = 60_000
const nowMs = 1000 * minute
const job = (state: 'queued' | 'running', minutes: number, walltimeSeconds = 86_400) => ({
  state,
  sinceMs: nowMs - minutes * minute,
  walltimeSeconds,
})
const interval = (jobs: Parameters<typeof pollIntervalSeconds>[1], site: Parameters<typeof pollIntervalSeconds>[0] = cluster) =>
  pollIntervalSeconds(site, jobs, { nowMs, lastMoveMs: 0 })

describe('the time until the next look at a site', () => {
  it('is two minutes while jobs come and go', () => {
    expect(interval([job('running', 20)])).toBe(120)
    expect(interval([])).toBe(120)
  })

  it('is half a minute for three minutes after a submission or a start, when mistakes show', () => {
    expect(interval([job('running', 500), job('queued', 2)])).toBe(30)
    expect(interval([job('running', 500), job('queued', 4)])).toBe(120)
    expect(interval([job('running', 1)])).toBe(30)
  })

  it('grows to twice and four times when nothing has moved for half an hour and for two hours', () => {
    expect(interval([job('running', 40)])).toBe(240)
    expect(interval([job('running', 150)])).toBe(480)
    expect(pollIntervalSeconds(cluster, [job('running', 150)], { nowMs, lastMoveMs: nowMs - 5 * minute })).toBe(120)
  })

  it('does not grow when a job is near its walltime', () => {
    expect(interval([job('running', 150, 160 * 60)])).toBe(120)
  })

  it('never is shorter than what the site states, and never grows beyond ten minutes by itself', () => {
    expect(interval([job('queued', 1)], { pollSeconds: 300, fastestPollSeconds: 300 })).toBe(300)
    expect(interval([job('running', 900)], { pollSeconds: 300 })).toBe(600)
    expect(interval([job('running', 900)], { pollSeconds: 1800 })).toBe(1800)
  })
})

describe('a list of folders', () => {
  it('is cut into calls of at most a thousand folders and a hundred kilobytes, and loses none', () => {
    const short = Array.from({ length: 2500 }, (_, i) => `/w/${i}`)
    const long = Array.from({ length: 900 }, (_, i) => `/scratch/${'ü'.repeat(120)}/${i}`)

    expect(inCalls(short).map((call) => call.length)).toEqual([1000, 1000, 500])
    expect(inCalls(long).flat()).toEqual(long)
    const bytes = inCalls(long).map((call) => Buffer.byteLength(call.join(' ')))
    expect(Math.max(...bytes)).toBeLessThan(100_000)
    expect(inCalls([])).toEqual([])
  })
})
