import { expect, it } from 'vitest'
import { judgeRunState, type RunEvidence } from '../../../src/vasp/output/run-state.ts'

const finished: RunEvidence = { hasTimingBlock: true, hasSteps: true, stopped: false, electronic: true, ionic: true }

it.each([
  ['finished', {}],
  ['finished', { ionic: null }],
  ['stopped', { stopped: true, ionic: false, electronic: false }],
  ['interrupted', { hasTimingBlock: false }],
  ['electronic-unconverged', { electronic: false, ionic: false }],
  ['ionic-unconverged', { ionic: false }],
  ['failed-at-start', { hasSteps: false, hasTimingBlock: false, electronic: null, ionic: null }],
] as const)('is %s for %o', (state, evidence) => {
  expect(judgeRunState({ ...finished, ...evidence })).toBe(state)
})
