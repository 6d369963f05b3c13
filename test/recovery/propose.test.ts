import { describe, expect, it } from 'vitest'
import type { Correction } from '../../src/recovery/correction.ts'
import { correctableTags } from '../../src/recovery/correction.ts'
import { diagnose } from '../../src/recovery/diagnose.ts'
import { proposeCorrection, type ProposeOptions } from '../../src/recovery/propose.ts'
import { readRun } from '../../src/recovery/run-reading.ts'
import { correctionsOf } from '../../src/recovery/symptom.ts'
import { symptoms } from '../../src/recovery/symptoms.ts'
import type { Incar } from '../../src/vasp/input/incar.ts'
import { ionicStep, outcarText, parseOutcar, planWith, saying } from './evidence.ts'

/** Fails in the same way until the ladder is used up; the tags of each correction are in force for the next attempt. */
function climb(
  stdout: string,
  start: Incar,
  options: ProposeOptions = {},
): { readonly taken: readonly Correction[]; readonly last: string } {
  const taken: Correction[] = []
  let incar: Incar = start
  for (let attempt = 0; attempt < 30; attempt++) {
    const proposal = proposeCorrection(diagnose(saying(stdout, { planned: planWith(incar) })), taken, options)
    if (proposal.kind !== 'correct' || proposal.needsConsent)
      return { taken, last: proposal.kind === 'correct' ? 'consent' : proposal.kind }
    taken.push(proposal.correction)
    const tags = proposal.correction.changes.flatMap((change) =>
      change.kind === 'set' ? [[change.tag, change.value] as const] : [],
    )
    incar = { ...incar, ...Object.fromEntries(tags) }
  }
  return { taken, last: 'endless' }
}

describe('a proposal', () => {
  it('is nothing for a run without a diagnosis', () => {
    expect(proposeCorrection([], [])).toEqual({ kind: 'none' })
  })

  it('asks a person when nothing that may be changed cures it', () => {
    const proposal = proposeCorrection(diagnose(saying(' ERROR RSPHER')), [])

    expect(proposal).toMatchObject({ kind: 'person', advice: 'Set LREAL = .FALSE. for the whole series.' })
  })

  it('climbs the ladder of POSMAP: tighter, looser, then only by consent without symmetry', () => {
    const { taken, last } = climb(' POSMAP internal error: symmetry equivalent atom not found,', { ISYM: 2 })

    expect(taken.map(({ changes }) => changes)).toEqual([
      [{ kind: 'set', tag: 'SYMPREC', value: 1e-6 }],
      [{ kind: 'set', tag: 'SYMPREC', value: 1e-4 }],
    ])
    expect(last).toBe('consent')
  })

  it('takes the comparability step once it is allowed, and marks it', () => {
    const { taken, last } = climb(' POSMAP', { ISYM: 2 }, { allowComparability: true })

    expect(taken.at(-2)).toMatchObject({
      class: 'comparability',
      changes: [{ kind: 'set', tag: 'ISYM', value: 0 }, { kind: 'start', wavecar: 'ignore' }],
    })
    expect(taken.at(-1)).toMatchObject({ class: 'numerics', changes: [{ tag: 'ISYM', value: -1 }, {}] })
    expect(last).toBe('person')
  })

  it('does not propose what is in force already: where symmetry is off, each k-point is calculated, which means the same', () => {
    const { taken, last } = climb(' POSMAP', { ISYM: 0 })

    expect(taken.at(-1)).toMatchObject({ class: 'numerics', changes: [{ kind: 'set', tag: 'ISYM', value: -1 }, { kind: 'start', wavecar: 'ignore' }] })
    expect(last).toBe('person')
    expect(climb(' POSMAP', { ISYM: -1 }).taken.every(({ changes }) => changes.every((change) => change.kind !== 'set' || change.tag !== 'ISYM'))).toBe(true)
  })

  it('prefers numerics of a second cause to comparability of the first', () => {
    const [posmap, brmix] = [' POSMAP', ' BRMIX: very serious problems']
    const history = climb(posmap, { ISYM: 2 }).taken
    const planned = planWith({ ISYM: 2, SYMPREC: 1e-4 })
    const proposal = proposeCorrection(diagnose(saying(`${posmap}\n${brmix}`, { planned })), history)

    expect(proposal).toMatchObject({
      kind: 'correct',
      correction: { symptom: 'brmix', class: 'numerics' },
      needsConsent: false,
    })
  })

  it('ends for every symptom, and never takes a step more often than its cap', () => {
    for (const { name, message } of symptoms) {
      const { taken, last } = climb(
        message.join('\n'),
        { ISYM: 2, ALGO: 'Fast' },
        { allowComparability: true, mostCorrections: 30 },
      )

      expect(last, name).not.toBe('endless')
      for (const step of taken) {
        const times = taken.filter(
          (other) => other.symptom === step.symptom && other.ladderStep === step.ladderStep,
        ).length
        expect(times, `${name} step ${step.ladderStep}`).toBeLessThanOrEqual(step.cap)
      }
    }
  })

  it('gives up after ten corrections, whatever they were', () => {
    const history = Array.from({ length: 10 }, (_, i): Correction => ({
      symptom: `s${i}`,
      ladderStep: 1,
      cap: 1,
      class: 'numerics',
      changes: [],
      reason: '',
      source: '',
    }))

    expect(proposeCorrection(diagnose(saying(' POSMAP')), history)).toMatchObject({ kind: 'person' })
  })

  it('goes on from CONTCAR after the time limit, and asks for twice the time when the job got nowhere', async () => {
    const steps = [1, 2, 3].map((n) => ionicStep(n))
    const far = await parseOutcar(outcarText({ steps, ends: false }))
    const start = await parseOutcar(outcarText({ ends: false }))
    const changes = (outcar: typeof far) => {
      const proposal = proposeCorrection(diagnose(saying('', { outcar, schedulerReason: 'TIMEOUT' })), [])
      return proposal.kind === 'correct' ? proposal.correction.changes : proposal
    }

    expect(changes(far)).toEqual([{ kind: 'start', geometry: 'contcar', wavecar: 'read' }])
    expect(changes(start)).toEqual([
      { kind: 'start', geometry: 'same', wavecar: 'read' },
      { kind: 'walltime', factor: 2 },
    ])
  })

  it('answers a lack of memory with layout only: KPAR, NCORE, ranks, nodes', () => {
    const { taken } = climb('Detected 1 oom-kill event', {}, { mostCorrections: 30 })
    const kinds = taken.map(({ changes }) =>
      changes.flatMap((change) => (change.kind === 'layout' ? [change.change] : [])).join(),
    )

    expect(kinds).toEqual([
      'kpar-1',
      'double-ncore',
      'double-ncore',
      'halve-ranks-per-node',
      'halve-ranks-per-node',
      'double-nodes',
    ])
  })
})

describe('the ladders', () => {
  const forbidden = [
    'ISMEAR',
    'SIGMA',
    'LREAL',
    'ENCUT',
    'ENAUG',
    'PREC',
    'GGA',
    'LDAUU',
    'LDAUL',
    'MAGMOM',
    'NUPDOWN',
    'NELECT',
    'ISIF',
    'KSPACING',
    'ADDGRID',
    'LASPH',
  ]

  it('cannot name a tag that defines the energy of a series', () => {
    expect(correctableTags.filter((tag) => forbidden.includes(tag))).toEqual([])
  })

  it('change tags of the list only, and neither cell, atoms nor k-points, for any symptom', () => {
    const runs = [{}, { ISYM: 2, ALGO: 'Fast', ISMEAR: -5 }, { ALGO: 'All', IBRION: 1 }].map((tags) =>
      readRun(saying('', { planned: planWith(tags) })),
    )
    const changes = symptoms
      .flatMap((symptom) => runs.flatMap((run) => correctionsOf(symptom, run)))
      .flatMap((correction) => correction.changes)
    const kinds = new Set(changes.map(({ kind }) => kind))

    expect(
      [...kinds].filter(
        (kind) =>
          !['set', 'unset', 'start', 'remove', 'layout', 'walltime', 'avoid-nodes', 'stop'].includes(kind),
      ),
    ).toEqual([])
    expect(
      changes.filter(
        (change) =>
          (change.kind === 'set' || change.kind === 'unset') && !correctableTags.includes(change.tag),
      ),
    ).toEqual([])
  })

  it('call ISYM, hand-set grids and LPEAD comparability, and nothing else', () => {
    const run = readRun(saying('', { planned: planWith({ ISYM: 2, NGX: 40 }) }))
    const classes = symptoms
      .flatMap((symptom) => correctionsOf(symptom, run))
      .map((correction) => ({
        class: correction.class,
        isMarked: correction.changes.some(
          (change) =>
            (change.kind === 'set' || change.kind === 'unset') && /^(ISYM|NG[XYZ]F?|LPEAD)$/.test(change.tag),
        ),
      }))

    expect(classes.filter((step) => (step.class === 'comparability') !== step.isMarked)).toEqual([])
  })
})
