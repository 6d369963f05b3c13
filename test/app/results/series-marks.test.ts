import { describe, expect, it } from 'vitest'
import { changeWords, seriesMarks } from '../../../src/app/results/series-marks.ts'
import type { AttemptRecord } from '../../../src/ports/attempt.ts'
import type { CalculationSummary } from '../../../src/ports/store.ts'
import type { Correction } from '../../../src/recovery/correction.ts'

const withoutSymmetry: Correction = {
  symptom: 'rhosyg',
  ladderStep: 3,
  cap: 1,
  class: 'comparability',
  changes: [{ kind: 'set', tag: 'ISYM', value: 0 }],
  reason: 'VASP need not find the symmetry',
  source: 'https://vasp.at/wiki/ISYM',
}
const slower: Correction = { ...withoutSymmetry, symptom: 'nelm', class: 'numerics', changes: [{ kind: 'set', tag: 'ALGO', value: 'Normal' }] }

function member(candidateId: string, state: CalculationSummary['state'] = 'done'): CalculationSummary {
  return { id: `mgo/${candidateId}/relax`, candidateId, step: 'relax', state } as CalculationSummary
}

function marks(members: readonly CalculationSummary[], corrections: Readonly<Record<string, readonly Correction[]>>) {
  const attempts = Object.entries(corrections).map(([id, made]) => ({ calculationId: `mgo/${id}/relax`, corrections: made }) as unknown as AttemptRecord)
  return seriesMarks({ summaries: async () => members, attemptsOfScreen: async () => attempts }, 'mgo')
}

describe('a member whose energy means something else', () => {
  it('is marked until every finished member of the step has the same correction', async () => {
    const members = [member('pristine'), member('al'), member('b')]

    expect([...(await marks(members, { al: [withoutSymmetry] })).keys()]).toEqual(['al'])
    expect((await marks(members, { al: [withoutSymmetry], b: [withoutSymmetry] })).get('b')).toEqual([
      'relax with ISYM = 0 after rhosyg, as 2 of 3 in the series: energies do not compare',
    ])
    expect(await marks(members, { pristine: [withoutSymmetry], al: [withoutSymmetry], b: [withoutSymmetry] })).toEqual(new Map())
  })

  it('is not one that only took another way to the same number', async () => {
    expect(await marks([member('pristine'), member('al')], { al: [slower] })).toEqual(new Map())
  })

  it('is compared with finished members alone', async () => {
    expect(await marks([member('pristine', 'failed'), member('al')], { al: [withoutSymmetry] })).toEqual(new Map())
  })
})

describe('a correction in words', () => {
  it('names every change', () => {
    expect(
      changeWords({
        ...slower,
        changes: [
          { kind: 'set', tag: 'AMIX', value: 0.2 },
          { kind: 'unset', tag: 'NPAR' },
          { kind: 'layout', change: 'kpar-1' },
          { kind: 'walltime', factor: 2 },
          { kind: 'start', geometry: 'contcar', wavecar: 'read' },
          { kind: 'avoid-nodes' },
        ],
      }),
    ).toBe('AMIX = 0.2, no NPAR, KPAR = 1, 2 times the time limit, from the last sound geometry, not on the nodes that failed')
  })
})
