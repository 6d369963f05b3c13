import { describe, expect, it } from 'vitest'
import { purgeWarnings, type PurgeCandidate } from '../../../src/workflow/disk/purge.ts'

const done = (id: string, updatedAt: string, site = 'cluster'): PurgeCandidate => ({ id, site, state: 'done', updatedAt })
const thirtyDays = new Map([['cluster', 30]])

describe('a site that removes old files', () => {
  it('is told of a week before, with the first day and the first calculation', () => {
    const calculations = [done('s/b/static', '2026-03-10T00:00:00Z'), done('s/a/static', '2026-03-01T00:00:00Z'), done('s/c/static', '2026-03-25T00:00:00Z')]

    const [warning, ...others] = purgeWarnings(calculations, thirtyDays, new Date('2026-04-02T12:00:00Z'))

    expect(others).toEqual([])
    expect(warning).toMatchObject({ from: '2026-03-31', ids: ['s/a/static', 's/b/static'] })
    expect(warning?.words).toMatch(/2 finished calculations go from 2026-03-31 on \(s\/a\/static first\)/)
  })

  it('is not told of before that, nor of other sites and calculations that still run', () => {
    const calculations = [
      done('s/a/static', '2026-03-20T00:00:00Z'),
      done('s/b/static', '2020-01-01T00:00:00Z', 'workstation'),
      { ...done('s/c/relax', '2020-01-01T00:00:00Z'), state: 'running' as const },
    ]

    expect(purgeWarnings(calculations, thirtyDays, new Date('2026-04-02T00:00:00Z'))).toEqual([])
  })

  it('leaves a quarter of the time where files go after some days', () => {
    const calculations = [done('s/a/static', '2026-03-01T00:00:00Z')]

    expect(purgeWarnings(calculations, new Map([['cluster', 5]]), new Date('2026-03-04T12:00:00Z'))).toEqual([])
    expect(purgeWarnings(calculations, new Map([['cluster', 5]]), new Date('2026-03-05T01:00:00Z'))).toHaveLength(1)
  })
})
