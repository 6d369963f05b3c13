import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../../../src/base/known-error.ts'
import type { Outcar } from '../../../../src/vasp/output/outcar/outcar.ts'
import { createOutcarReader, NotAnOutcarError, readOutcar, type OutcarOptions } from '../../../../src/vasp/output/outcar/read-outcar.ts'
import { ascii } from '../../../../src/vasp/output/text/bytes.ts'
import { ediffNotReached, outcarText, relaxed, timingBlock } from './outcar-fixture.ts'

function read(text: string, options?: OutcarOptions): Outcar {
  const reader = createOutcarReader(options)
  reader.push(ascii(text))
  return reader.finish()
}

const outcar = read(outcarText(relaxed))

describe('an OUTCAR of a finished relaxation', () => {
  it('says which program wrote it, where and how it ended', () => {
    expect(outcar).toMatchObject({ vaspVersion: '5.4.4', executable: 'complex', platform: 'LinuxIFC', ranks: 96, method: 'dft', runState: 'finished' })
    expect(outcar.converged).toEqual({ electronic: true, earlierElectronicMisses: 0, ionic: true, ionicByForces: true, frozenMask: 'unknown' })
    expect(outcar.timing).toEqual({ cpuSeconds: 259.897, elapsedSeconds: 263.049 })
    expect(outcar.memory).toEqual({ rootRankKilobytes: 109121, maximumKilobytes: 2561184 })
  })

  it('tells the energies of ionic steps from those of electronic steps by their blanks', () => {
    expect(outcar.ionicSteps.map((step) => [step.totenEv, step.energyWithoutEntropyEv, step.energySigmaToZeroEv, step.scfSteps])).toEqual([
      [-14.5, -14.498, -14.499, 3],
      [-14.75, -14.748, -14.749, 2],
    ])
    expect(outcar.ionicSteps[1]?.lastEnergyChangeEv).toBe(-2e-7)
  })

  it('gives forces, positions and the lattice of the last step in POSCAR order, run-together numbers apart', () => {
    expect(outcar.final).toMatchObject({
      step: 1, totenEv: -14.75, maxForceEvPerAngstrom: 0.008, pressureKbar: 2.5, stressKbar: [1.5, 2.5, 3.5, 0.1, 0.2, 0.3], driftEvPerAngstrom: [0.001, -0.002, 0.003],
      forcesEvPerAngstrom: [[0.008, 0, 0], [-0.008, 0, 0], [0, 0, 0]],
      positionsCartesianAngstrom: [[0, 0, 0], [1, 2, 3], [-1, -12.345, 0.5]],
      latticeAngstrom: [[4.2, 0, 0], [0, 5, 0], [0, 0, 6]],
    })
  })

  it('keeps arrays of every step only when asked', () => {
    expect(outcar.ionicSteps[0]).not.toHaveProperty('forcesEvPerAngstrom')

    const [first] = read(outcarText(relaxed), { keepSteps: 'all' }).ionicSteps

    expect([...first!.forcesEvPerAngstrom!].slice(0, 6)).toEqual([0.3, 0, 0, -0.3, 0, 0])
    expect(first?.latticeAngstrom?.[0]).toBe(4.1)
  })

  it('reads the last table of moments and charges, and the moment of the whole cell', () => {
    expect(outcar.magnetization).toMatchObject({ perIonMuB: [0.5, -0.25, 0.25], totalMuB: 1.25 })
    expect(outcar.magnetization?.tables.x?.columns).toEqual(['s', 'p', 'd', 'tot'])
    expect(outcar.charge?.perIonElectrons).toEqual([2.1, 2.2, 5.9])
    expect(outcar.fermiEnergyEv).toBe(2.1234)
  })

  it('counts ions and valence electrons by species', () => {
    expect(outcar.ionCount).toBe(3)
    expect(outcar.species.map(({ symbol, count, zval, enmaxEv }) => [symbol, count, zval, enmaxEv])).toEqual([['Li', 2, 3, 499.034], ['O', 1, 6, 400]])
    expect(outcar.electronCount).toBe(2 * 3 + 6)
  })

  it('reads the settings that VASP used, with Fortran numbers', () => {
    expect(outcar.settings).toMatchObject({ ISPIN: 2, NELM: 60, NELMIN: 2, EDIFF: 1e-6, EDIFFG: -0.01, NSW: 50, GGA: 'MK', NELECT: 12 })
    expect(outcar.hubbard).toEqual({ type: 2, angularMomentum: [0, -1], uEv: [4.5, 0], jEv: [0, 0] })
    expect(outcar.grids).toEqual({ coarse: [24, 30, 36], fine: [48, 60, 72] })
    expect(outcar.kpoints).toEqual({ count: 2, bands: 12, points: [[0, 0, 0, 0.25], [0.25, 0.25, 0.25, 0.75]] })
  })
})

describe('an OUTCAR of another version', () => {
  it('keeps the INCAR that 6.2 and later repeat apart from the settings in use', () => {
    const text = outcarText(relaxed).replace(' INCAR:\n', ' INCAR:\n   EDIFF = 1e-05\n   NELM = 5\n   SYSTEM = a = b\n\n')

    const { incar, settings } = read(text)

    expect(incar).toEqual({ EDIFF: '1e-05', NELM: '5', SYSTEM: 'a = b' })
    expect(settings['NELM']).toBe(60)
  })

  it('takes the digits of "Fermi energy" when they are those of E-fermi', () => {
    const text = outcarText(relaxed)

    expect(read(text.replaceAll('alpha+bet : -7.9', 'alpha+bet : -7.9\n\n Fermi energy:         2.1234043210')).fermiEnergyEv).toBe(2.123404321)
    expect(read(text.replaceAll('alpha+bet : -7.9', 'alpha+bet : -7.9\n\n Fermi energy:         1.9000000000')).fermiEnergyEv).toBe(2.1234)
  })

  it('reads the table of a single ion, which has neither rulers nor a total', () => {
    const table = '\n magnetization (x)\n\n# of ion       s       p       d       tot\n------------------------------------------\n    1        0.795   0.772   0.000   1.567\n\n'
    const { magnetization } = read(` vasp.6.3.2 27Jun22 (build x) complex\n   number of dos      NEDOS =    301   number of ions     NIONS =      1\n${table}`)

    expect(magnetization?.perIonMuB).toEqual([1.567])
    expect(magnetization?.tables.x).not.toHaveProperty('total')
  })

  it('gives vectors and their lengths for a non-collinear run', () => {
    const tables = [['x', 3], ['y', 4], ['z', 0]].map(([axis, value]) => ` magnetization (${axis})\n\n# of ion       s       p       d       tot\n-----------\n    1        0.000   0.000   ${value}.000   ${value}.000\n\n`)
    const { magnetization } = read(` vasp.6.3.2 27Jun22 (build x) complex\n${tables.join('')}`)

    expect(magnetization?.perIonVectorMuB).toEqual([[3, 4, 0]])
    expect(magnetization?.perIonMuB).toEqual([5])
  })

  it('keeps steps of a machine-learned force field apart from DFT', () => {
    const forceField = [
      '--------------------------------------- Ionic step        2  -------------------------------------------',
      '  ML FORCE on cell =-STRESS in cart. coord. units (eV/cell)',
      '  free  energy ML TOTEN  =      -99.00000000 eV', '',
    ].join('\n')

    const result = read(outcarText(relaxed).replace(' reached required', `${forceField} reached required`))

    expect(result.final?.totenEv).toBe(-14.75)
    expect(result.machineLearnedSteps.map((step) => step.totenEv)).toEqual([-99])
  })

  it('takes boxes as warnings, once each, without their large letters', () => {
    const box = ['|           W    W    AA    RRRRR   N    N  II  N    N   GGGG   !!!           |', '|     The electronic self-consistency was not achieved in the given           |', '|     number of steps (NELM).                                                 |', ''].join('\n')

    const { boxes } = read(outcarText({ ...relaxed, afterVersion: [box, ' ', box] }))

    expect(boxes).toEqual([{ kind: 'warning', text: 'The electronic self-consistency was not achieved in the given\nnumber of steps (NELM).', count: 2 }])
  })

  it('knows the output of a rehearsal by a line near the top, and only there', () => {
    expect(read(outcarText({ ...relaxed, afterVersion: [' method = rehearsal'] })).method).toBe('rehearsal')
    expect(read(`${outcarText(relaxed)} method = rehearsal\n`).method).toBe('dft')
  })
})

describe('an OUTCAR that is not whole', () => {
  const whole = outcarText(relaxed)

  it('calls a run interrupted when the accounting at the end is missing, and gives the last whole step', () => {
    const cut = read(whole.slice(0, whole.lastIndexOf(' POSITION') + 300))

    expect(cut.runState).toBe('interrupted')
    expect(cut.converged.ionic).toBe(false)
    expect(cut.ionicSteps).toHaveLength(2)
    expect(cut.final).toMatchObject({ step: 0, totenEv: -14.5, latticeAngstrom: [[4.1, 0, 0], [0, 5, 0], [0, 0, 6]] })
  })

  it('gives no table of moments that ends early', () => {
    const cut = read(whole.slice(0, whole.indexOf('magnetization (x)') + 150))

    expect(cut.magnetization).not.toHaveProperty('perIonMuB')
    expect(cut.charge?.perIonElectrons).toEqual([2.1, 2.2, 5.9])
  })

  it('leaves out what stands as asterisks', () => {
    const { final, ionicSteps } = read(whole.replaceAll('TOTEN  =      -14.75000000', 'TOTEN  =   **************').replace(/( {6}0\.00000 {6}0\.00000 {6}0\.00000 {8}) 0\.008000/, '$1*********'))

    expect(ionicSteps[1]).not.toHaveProperty('totenEv')
    expect(ionicSteps[1]).not.toHaveProperty('maxForceEvPerAngstrom')
    expect(final?.totenEv).toBe(-14.5)
  })

  it('reads CRLF as LF', () => {
    expect(read(whole.replaceAll('\n', '\r\n'))).toEqual(outcar)
  })

  it('says of a run that never began its first electronic step that it failed at the start', () => {
    expect(read(whole.slice(0, whole.indexOf('-------- Iteration') - 60)).runState).toBe('failed-at-start')
  })

  it('calls a run stopped when it obeyed a STOPCAR', () => {
    expect(read(outcarText({ ...relaxed, ending: [' soft stop encountered!  aborting job ...', ...timingBlock] })).runState).toBe('stopped')
  })

  it('distinguishes a loop that gave up from ions that did not settle', () => {
    const steps = relaxed.steps.map((step) => ({ ...step, forceX: 0.3 }))

    expect(read(outcarText({ steps, nsw: 2 })).runState).toBe('ionic-unconverged')
    expect(read(outcarText({ steps: steps.map((step) => ({ ...step, loopEnd: ediffNotReached })) })).runState).toBe('electronic-unconverged')
  })

  it.each([['an empty file', ''], ['another text', 'Reciprocal mesh\n0\nGamma\n4 4 4\n']])('refuses %s with a remedy', (_name, text) => {
    const attempt = (): Outcar => read(text)

    expect(attempt).toThrow(NotAnOutcarError)
    try {
      attempt()
    } catch (error) {
      expect(isKnownError(error) && error.message).toContain('line 1 should name the version')
    }
  })

  it('reads a stream of chunks as it comes', async () => {
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < whole.length; at += 100) yield ascii(whole.slice(at, at + 100))
    }

    expect(await readOutcar(chunks())).toEqual(outcar)
  })
})
