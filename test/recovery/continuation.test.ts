import { describe, expect, it } from 'vitest'
import { chooseContinuation } from '../../src/recovery/continuation.ts'
import { writePoscar } from '../../src/structure/poscar.ts'
import type { Structure } from '../../src/structure/structure.ts'
import { ionicStep, outcarText, parseOutcar, smallSlab } from './evidence.ts'

function shifted(ion: number, by: readonly [number, number, number]): Structure {
  const sites = smallSlab.sites.map((site, i) =>
    i === ion
      ? {
          ...site,
          fractional: site.fractional.map((x, axis) => x + by[axis]!) as unknown as typeof site.fractional,
        }
      : site,
  )
  return { ...smallSlab, sites }
}

const moved = writePoscar(shifted(0, [0.01, 0, 0]))
const left = { sent: smallSlab, plannedSteps: 200 }

describe('the files that the next attempt starts from', () => {
  it('are CONTCAR and WAVECAR of a run that was on its way, with the steps that remain', async () => {
    const outcar = await parseOutcar(outcarText({ steps: [1, 2, 3].map((n) => ionicStep(n)), ends: false }))
    const next = chooseContinuation({ ...left, contcarText: moved, outcar, wavecarBytes: 1e9 })

    expect(next).toMatchObject({ geometry: 'contcar', readWavecar: true, remainingSteps: 197, refused: [] })
    expect(next.structure.sites[0]?.fractional[0]).toBeCloseTo(0.01, 12)
    expect(next.structure.sites[1]?.magneticMomentMuB).toBe(4)
  })

  it('are given all steps again when NSW was used up', async () => {
    const outcar = await parseOutcar(outcarText({ steps: [ionicStep(1), ionicStep(2)] }))

    expect(chooseContinuation({ ...left, plannedSteps: 2, contcarText: moved, outcar }).remainingSteps).toBe(
      2,
    )
  })

  it.each([
    ['an empty file', '', 'there is no CONTCAR'],
    ['a file cut in the middle of its atoms', moved.slice(0, moved.length - 60), 'cannot be read'],
    [
      'another composition',
      writePoscar({ ...smallSlab, sites: smallSlab.sites.slice(1) }),
      'has 4 ions, 5 were sent',
    ],
    ['another order', writePoscar({ ...smallSlab, sites: [...smallSlab.sites].reverse() }), 'as ion 1'],
    [
      'another cell',
      writePoscar({
        ...shifted(0, [0.01, 0, 0]),
        lattice: [
          [6, 0, 0],
          [0, 5, 0],
          [0, 0, 20],
        ],
      }),
      'another cell',
    ],
    ['atoms on top of each other', writePoscar(shifted(1, [-0.5, 0, 0.001])), 'Å apart'],
    ['numbers that are none', moved.replace('0.0100000000000000', 'NaN'), ''],
    ['what was sent', writePoscar(smallSlab), 'is what was sent'],
  ])('are not a CONTCAR with %s', (_, contcarText, words) => {
    const next = chooseContinuation({ ...left, contcarText })

    expect(next.geometry).toBe('same')
    expect(next.structure).toBe(smallSlab)
    expect(next.remainingSteps).toBe(200)
    expect(next.refused[0]).toContain(words)
  })

  it('are not a CONTCAR older than the attempt', () => {
    expect(chooseContinuation({ ...left, contcarText: moved, contcarSecondsAfterStart: -5 }).refused[0]).toBe(
      'CONTCAR is older than the attempt',
    )
  })

  it('are not a CONTCAR far from the last positions of the OUTCAR', async () => {
    const outcar = await parseOutcar(outcarText({ steps: [ionicStep(1)], ends: false }))

    expect(
      chooseContinuation({ ...left, contcarText: writePoscar(shifted(0, [0, 0, 0.3])), outcar }).refused[0],
    ).toContain('Å away')
  })

  it('may be a CONTCAR with another cell where the cell was free', () => {
    const wider = writePoscar({
      ...shifted(0, [0.01, 0, 0]),
      lattice: [
        [5.1, 0, 0],
        [0, 5, 0],
        [0, 0, 20],
      ],
    })

    expect(
      chooseContinuation({ ...left, contcarText: wider, cellMayChange: true }).structure.lattice[0][0],
    ).toBeCloseTo(5.1, 10)
  })

  it('hold no WAVECAR that VASP only opened', () => {
    expect(chooseContinuation({ ...left, contcarText: moved, wavecarBytes: 0 }).readWavecar).toBe(false)
  })
})
