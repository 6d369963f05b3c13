import { describe, expect, it } from 'vitest'
import { Pace } from '../../../src/app/engine/pace.ts'

const minuteMs = 60_000

describe('the pace of looking at a site', () => {
  it('lets one round in before the next is due, and takes others for extra', () => {
    const pace = new Pace()
    pace.promise('poll-cluster', 2 * minuteMs, 0)

    expect(pace.isExtra('poll-cluster', minuteMs)).toBe(true)
    expect(pace.isExtra('poll-other', minuteMs)).toBe(false)
    expect(pace.isExtra('poll-cluster', 2 * minuteMs)).toBe(false)
  })

  it('does not stand still for an hour when the clock is set back by an hour', () => {
    const pace = new Pace()
    pace.promise('poll-cluster', 62 * minuteMs, 60 * minuteMs)

    expect(pace.isExtra('poll-cluster', 1 * minuteMs)).toBe(false)
  })

  it('goes on at once when the clock is set forward', () => {
    const pace = new Pace()
    pace.promise('poll-cluster', 2 * minuteMs, 0)

    expect(pace.isExtra('poll-cluster', 24 * 60 * minuteMs)).toBe(false)
  })

  it('misses a round that is ten seconds late, as after a queue was emptied, but not one that is at work', () => {
    const pace = new Pace()
    pace.promise('poll-cluster', 2 * minuteMs, 0)
    pace.promise('poll-other', 10 * minuteMs, 0)

    expect(pace.missedAtMs(minuteMs)).toBe(2 * minuteMs + 10_000)
    expect(pace.begin('poll-cluster', 2 * minuteMs)).toBe(true)
    expect(pace.begin('poll-cluster', 2 * minuteMs)).toBe(false)
    expect(pace.missedAtMs(5 * minuteMs)).toBe(5 * minuteMs + 10_000)
    pace.end('poll-cluster')
    expect(pace.begin('poll-cluster', 2 * minuteMs)).toBe(true)
  })

  it('is watched again soon after a moment in which every round was at work: what is promised next may be lost too', () => {
    const pace = new Pace()
    pace.promise('poll-cluster', 0, 0)
    pace.begin('poll-cluster', 0)

    expect(pace.missedAtMs(1000)).toBe(11_000)
  })
})
