import { describe, expect, it } from 'vitest'
import { explainCalculation } from '../../../src/app/watch/explain-calculation.ts'
import type { AttemptRecord } from '../../../src/ports/attempt.ts'
import type { EventRecord, Store } from '../../../src/ports/store.ts'
import type { Correction } from '../../../src/recovery/correction.ts'
import type { AttemptDecision, NextStart } from '../../../src/workflow/attempt-decision.ts'

const plain: AttemptRecord = {
  ...{ calculationId: 'mgo/al/relax', attempt: 1, site: 'cluster', remoteFolder: '/work/1', nativeId: '1', stagedAt: '' },
  ...{ startedAt: '2026-11-22T10:00:00Z', endedAt: '2026-11-22T11:00:00Z', cores: 8, coreHours: 8, resources: null, exitCode: 1, exitCause: 'exit' },
  ...{ corrections: [], diagnoses: [], decision: null, inputSha256: null, outputs: null, origin: null, adopted: null },
}
const accept: AttemptDecision = { kind: 'accept', reason: 'the run finished and converged' }
const start = (more: Partial<NextStart>): NextStart => ({ geometry: 'same', readWavecar: false, remainingSteps: 100, refused: [], ...more })

function correction(symptom: string, changes: Correction['changes'], more: Partial<Correction> = {}): Correction {
  return { symptom, ladderStep: 1, cap: 1, class: 'numerics', changes, reason: 'it helps', source: 'a book', ...more }
}

/** A calculation in its last state, with its attempts. */
function explain(state: string, attempts: readonly Partial<AttemptRecord>[], events: readonly Partial<EventRecord>[] = [], remedy = 'Mend it.') {
  const store = {
    calculation: async (id: string) => ({ id, state, screenName: 'mgo', dependsOn: [], plan: { step: 'relax' }, reusedFrom: null, failure: state === 'failed' ? { code: 'X', message: '', remedy } : null }),
    attempts: async () => attempts.map((each, i) => ({ ...plain, attempt: i + 1, ...each })),
    events: async () => events,
    summaries: async () => [],
    acceptedCorrections: async () => [],
  } as unknown as Store
  return explainCalculation(store, 'mgo/al/relax')
}

describe('what dopant why tells', () => {
  it('is why a run counts as done, not which of its files were removed later', async () => {
    const events = [{ from: 'ended', to: 'done', reason: 'the result is kept' }, { from: 'done', to: 'done', reason: 'removed WAVECAR: 1.2 GB' }] as const

    expect((await explain('done', [{ decision: accept }], events)).now).toBe('It is done: the run finished and converged.')
  })

  it('is where an attempt really began, with what kept it from a later geometry', async () => {
    const walltime = { kind: 'correct', reason: 'time', start: start({ geometry: 'contcar', readWavecar: true, remainingSteps: 57 }) } as const
    const killed = { kind: 'correct', reason: 'killed', start: start({ refused: ['CONTCAR ends before its last ion'] }) } as const
    const { attempts } = await explain('done', [{ decision: walltime }, { decision: killed }, { decision: accept }])

    expect(attempts.map(({ starts }) => starts)).toEqual([
      null,
      'from CONTCAR of attempt 1, 57 ionic steps left, with its orbitals',
      'from the geometry that attempt 2 began with (CONTCAR ends before its last ion)',
    ])
  })

  it('names the nodes that are avoided, and a job that was refused for it', async () => {
    const elsewhere = correction('node_failure', [{ kind: 'start', geometry: 'contcar', wavecar: 'read' }, { kind: 'avoid-nodes' }])
    const asked = { nodes: 1, ranksPerNode: 8, walltimeSeconds: 60, avoidNodes: ['cn07', 'cn08'] }
    const { attempts } = await explain('done', [{}, { corrections: [elsewhere], resources: asked, nativeId: null, endedAt: null }, { decision: accept }])

    expect(attempts[1]?.changes).toEqual(['not on cn07, cn08, against node_failure: it helps (numerics; a book)'])
    expect(attempts[1]?.ended).toBe('was refused: too few nodes are left without cn07, cn08')
  })

  it('says when a person let it try again as it was, and where another try would begin', async () => {
    const person = { kind: 'person', reason: 'tet: no.', start: start({ avoidNodes: ['cn07'] }) } as const
    const { attempts, next } = await explain('failed', [{ decision: person }, { decision: person }])

    expect(attempts[1]?.changes).toEqual(['nothing: a person let it try again'])
    expect(attempts[0]?.decided).toEqual(['tet: no.'])
    expect(attempts[1]?.decided).toEqual(['tet: no.', 'another attempt starts from the geometry that attempt 2 began with, not on cn07'])
    expect(next[0]).toBe('Mend it.')
  })

  it('tells where a cure for the whole series belongs', async () => {
    const { next } = await explain('failed', [{}], [], 'Set LREAL = .FALSE. for the whole series.')

    expect(next[1]).toMatch(/^That is under `method\.incar` of the screen/)
    expect((await explain('failed', [{}])).next[1]).toMatch(/^Then `dopant retry`/)
  })

  it('tells a stop of ours from one of a person', async () => {
    const { attempts } = await explain('done', [{ exitCode: 0, exitCause: 'ordered-stop' }, { exitCode: 0, exitCause: 'stopcar' }, { exitCode: 143, exitCause: 'TERM' }])

    expect(attempts.map(({ ended }) => ended)).toEqual([
      'ended with a stop that dopant asked for, exit code 0',
      'ended with a stop that a person asked for, exit code 0',
      'ended with TERM, exit code 143',
    ])
  })
})
