import { describe, expect, it } from 'vitest'
import type { Correction } from '../../src/recovery/correction.ts'
import type { Diagnosis } from '../../src/recovery/diagnose.ts'
import { judgeAttempt, mostAttempts, mostSilentAttempts, type EndedAttempt } from '../../src/workflow/verdict.ts'

function correction(symptom: string, ladderStep = 1, change: Partial<Correction> = {}): Correction {
  return {
    symptom,
    ladderStep,
    cap: 1,
    class: 'numerics',
    changes: [{ kind: 'set', tag: 'ALGO', value: 'Normal' }],
    reason: 'steadier',
    source: 'a wiki',
    ...change,
  }
}

function diagnosis(symptom: string, corrections: readonly Correction[], weight: Diagnosis['weight'] = 'ending'): Diagnosis {
  const words = { cause: 'Because.', cure: 'So.', advice: 'Do it.', source: 'a wiki' }
  return { symptom, weight, evidence: { where: 'stdout', says: 'it says so' }, ...words, corrections }
}

function ended(change: Partial<EndedAttempt>): EndedAttempt {
  return {
    runState: 'interrupted',
    attempt: 1,
    diagnoses: [],
    history: [],
    allowComparability: false,
    isPossible: () => true,
    ...change,
  }
}

const withoutSymmetry = correction('rhosyg', 3, {
  class: 'comparability',
  changes: [{ kind: 'set', tag: 'ISYM', value: 0 }],
})

describe('the end of an attempt', () => {
  it('is accepted when the run finished, whatever it warned of that no change mends', () => {
    expect(judgeAttempt(ended({ runState: 'finished' })).kind).toBe('accept')
    expect(judgeAttempt(ended({ runState: 'finished', diagnoses: [diagnosis('wrong_cutoff', [], 'cause')] })).kind).toBe('accept')
    expect(judgeAttempt(ended({ runState: 'finished', diagnoses: [diagnosis('rhosyg', [withoutSymmetry], 'cause')] })).kind).toBe('accept')
  })

  it('asks for another attempt when a finished run is spoiled and a change of numerics mends it', () => {
    const spoiled = diagnosis('brmix', [correction('brmix')], 'cause')

    expect(judgeAttempt(ended({ runState: 'finished', diagnoses: [spoiled] }))).toMatchObject({
      kind: 'correct',
      correction: { symptom: 'brmix' },
    })
  })

  it('takes the next step of the ladder, not one that was taken', () => {
    const steps = [correction('nelm', 1), correction('nelm', 2)]

    const decision = judgeAttempt(ended({ diagnoses: [diagnosis('nelm', steps)], history: [steps[0]!] }))

    expect(decision).toMatchObject({ kind: 'correct', correction: { ladderStep: 2 } })
    expect(decision.reason).toContain('nelm')
  })

  it('passes over steps that the site cannot do', () => {
    const steps = [correction('out_of_memory', 1), correction('out_of_memory', 2)]

    const decision = judgeAttempt(
      ended({ diagnoses: [diagnosis('out_of_memory', steps)], isPossible: ({ ladderStep }) => ladderStep > 1 }),
    )

    expect(decision).toMatchObject({ kind: 'correct', correction: { ladderStep: 2 } })
  })

  it('offers what would change the meaning of the energy, and does it only where the screen allows', () => {
    const diagnoses = [diagnosis('rhosyg', [withoutSymmetry])]

    expect(judgeAttempt(ended({ diagnoses })).kind).toBe('offer')
    expect(judgeAttempt(ended({ diagnoses, allowComparability: true })).kind).toBe('correct')
  })

  it('asks a person when the ladder is used up, and says what to do', () => {
    const step = correction('zbrent')

    expect(judgeAttempt(ended({ diagnoses: [diagnosis('zbrent', [step])], history: [step] }))).toMatchObject({
      kind: 'person',
      advice: 'Do it.',
    })
  })

  it('lets a run that comes forward go on after its time limit more often than it may be corrected', () => {
    const goesOn = correction('walltime', 1, { cap: 6, changes: [{ kind: 'start', geometry: 'contcar', wavecar: 'read' }] })
    const history = Array.from({ length: 12 }, () => goesOn)

    const judged = (attempt: number) => judgeAttempt(ended({ attempt, history, diagnoses: [diagnosis('walltime', [goesOn])] }))

    expect(judged(13).kind).toBe('correct')
    expect(judged(mostAttempts).kind).toBe('person')
  })

  it('tries again when nothing tells why, but not for ever', () => {
    expect(judgeAttempt(ended({ runState: 'missing' })).kind).toBe('continue')
    expect(judgeAttempt(ended({ runState: 'missing', attempt: mostSilentAttempts })).kind).toBe('person')
  })
})
