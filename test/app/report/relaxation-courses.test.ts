import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { relaxationCourses } from '../../../src/app/report/figures/relaxation-courses.ts'
import type { RunFiles } from '../../../src/app/results/run-files.ts'
import type { ScreenRun } from '../../../src/app/results/screen-runs.ts'
import { convergenceFigure } from '../../../src/tables/figures/convergence.ts'
import { candidate } from './fixtures.ts'

const outcar = gunzipSync(readFileSync(join(import.meta.dirname, '../../fixtures/rehearsal/OUTCAR.gz')))
/** The first attempt was cut off before its last step; the second has no OUTCAR any more; the third is whole. */
const files: RunFiles = {
  read: async ({ remoteFolder }, _, read) => {
    if (remoteFolder === '/2') return undefined
    return read([remoteFolder === '/1' ? outcar.subarray(0, outcar.lastIndexOf('FREE ENERGIE OF')) : outcar])
  },
}
const attempts = [1, 2, 3].map((attempt) => ({ attempt, site: 'here', remoteFolder: `/${attempt}`, corrections: [] }))
const run = {
  calculation: { id: 's/B-on-Mn/relax', candidateId: candidate.candidateId, step: 'relax', state: 'done', attempt: 3, remoteFolder: '/3', plan: { kind: 'relax', step: 'relax' } },
  result: undefined,
  collectedAt: undefined,
  attempts,
} as unknown as ScreenRun

describe('the course of a relaxation that took several attempts', () => {
  it('has the steps of all of them, and rings where the next one starts', async () => {
    const [course] = await relaxationCourses([run], [candidate], files)
    const figure = convergenceFigure({ title: 't', caption: 'c', courses: [course!], isRehearsal: true })

    expect(course!.energiesEv).toHaveLength(2 + 3)
    expect(course!.attemptStarts).toEqual([2])
    expect(course!.energiesEv[3]).toBe(course!.energiesEv[1])
    expect(figure.svg('light').match(/<circle /g)).toHaveLength(1)
  })
})
