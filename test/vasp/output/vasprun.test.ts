import { describe, expect, it } from 'vitest'
import { readVasprun } from '../../../src/vasp/output/vasprun/read-vasprun.ts'
import { damagedCopies } from './damage.ts'
import { isKnownError } from '../../../src/base/known-error.ts'

interface Step {
  readonly freeEv: number
  readonly withoutEntropyEv: number
  /** Free energies of the electronic steps. */
  readonly scfEv: readonly number[]
  readonly force: number
}

interface Run {
  readonly steps: readonly Step[]
  readonly parameters?: Readonly<Record<string, string>>
  readonly selective?: boolean
}

const eightDecimals = (x: number) => x.toFixed(8).padStart(16)

/** MgO at 4.21 Å, laid out as VASP 5.4 does. */
function document({ steps, parameters = {}, selective = false }: Run): string {
  const settings = {
    NELM: '60',
    EDIFF: '0.00000100',
    NSW: '20',
    IBRION: '2',
    EDIFFG: '-0.01000000',
    NELECT: '8.00000000',
    ...parameters,
  }
  const integers = ['NELM', 'NSW', 'IBRION']
  return [
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    '<modeling>',
    ' <generator>',
    '  <i name="program" type="string">vasp </i>',
    '  <i name="version" type="string">5.4.4.18Apr17-6-g9f103f2a35  </i>',
    ' </generator>',
    ' <incar>',
    '  <i type="string" name="PREC">accurate</i>',
    '  <i type="logical" name="LORBIT"> T  </i>',
    '  <v name="MAGMOM">      0.60000000      0.00000000</v>',
    ' </incar>',
    ' <kpoints>',
    '  <generation param="Gamma">',
    '   <v type="int" name="divisions">       4        4        4 </v>',
    '  </generation>',
    ...rows('kpointlist', [
      [0, 0, 0],
      [0.25, 0, 0],
    ]),
    ...rows('weights', [[0.25], [0.75]]),
    ' </kpoints>',
    ' <parameters>',
    '  <separator name="electronic" >',
    ...Object.entries(settings).map(
      ([name, value]) => `   <i ${integers.includes(name) ? 'type="int" ' : ''}name="${name}">${value}</i>`,
    ),
    '  </separator>',
    ' </parameters>',
    ' <atominfo>',
    '  <atoms>       2 </atoms>',
    '  <array name="atoms" >',
    '   <set>',
    '    <rc><c>Mg</c><c>   1</c></rc>',
    '    <rc><c>O </c><c>   2</c></rc>',
    '   </set>',
    '  </array>',
    '  <array name="atomtypes" >',
    '   <set>',
    '    <rc><c>   1</c><c>Mg</c><c>     24.30500000</c><c>      2.00000000</c><c>  PAW_PBE Mg 13Apr2007                   </c></rc>',
    '    <rc><c>   1</c><c>O </c><c>     16.00000000</c><c>      6.00000000</c><c>  PAW_PBE O 08Apr2002                    </c></rc>',
    '   </set>',
    '  </array>',
    ' </atominfo>',
    ...structure('initialpos', 0.5, selective),
    ...steps.flatMap((step) => calculation(step)),
    ...structure('finalpos', 0.51, false),
    '</modeling>',
    '',
  ].join('\n')
}

function calculation({ freeEv, withoutEntropyEv, scfEv, force }: Step): readonly string[] {
  return [
    ' <calculation>',
    ...scfEv.flatMap((energy) => [
      '  <scstep>',
      '   <time name="dav">    0.33    0.37</time>',
      '   <energy>',
      `    <i name="e_fr_energy">${eightDecimals(energy)} </i>`,
      `    <i name="e_wo_entrp">${eightDecimals(energy + 0.002)} </i>`,
      `    <i name="e_0_energy">${eightDecimals(energy + 0.001)} </i>`,
      '   </energy>',
      '  </scstep>',
    ]),
    ...structure('', 0.505, false),
    ...rows('forces', [
      [0, 0, force],
      [0, 0, -force],
    ]),
    ...rows('stress', [
      [3, 0, 0],
      [0, 6, 0],
      [0, 0, 9],
    ]),
    '  <energy>',
    `   <i name="e_fr_energy">${eightDecimals(freeEv)} </i>`,
    `   <i name="e_wo_entrp">${eightDecimals(withoutEntropyEv)} </i>`,
    `   <i name="e_0_energy">${eightDecimals(0)} </i>`,
    '  </energy>',
    '  <time name="totalsc">   12.10   12.50</time>',
    '  <eigenvalues>',
    '   <array>',
    '    <set>',
    '     <set comment="spin 1">',
    '      <set comment="kpoint 1">',
    '       <r>   -4.5000    1.0000 </r>',
    '       <r>    7.2500    0.0000 </r>',
    '      </set>',
    '      <set comment="kpoint 2">',
    '       <r>   -3.9000    1.0000 </r>',
    '       <r>    8.0000    0.0000 </r>',
    '      </set>',
    '     </set>',
    '    </set>',
    '   </array>',
    '  </eigenvalues>',
    '  <dos>',
    '   <i name="efermi">      1.50000000 </i>',
    '  </dos>',
    '  <projected>',
    '   <eigenvalues><array><set><r> 99 99 </r></set></array></eigenvalues>',
    '  </projected>',
    ' </calculation>',
  ]
}

function structure(name: string, z: number, selective: boolean): readonly string[] {
  return [
    name === '' ? ' <structure>' : ` <structure name="${name}" >`,
    '  <crystal>',
    ...rows('basis', [
      [0, 2.105, 2.105],
      [2.105, 0, 2.105],
      [2.105, 2.105, 0],
    ]),
    '   <i name="volume">     18.65459000 </i>',
    ...rows('rec_basis', [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]),
    '  </crystal>',
    ...rows('positions', [
      [0, 0, 0],
      [0.5, 0.5, z],
    ]),
    ...(selective
      ? [
          '  <varray name="selective"  type="logical" >',
          '   <v type="logical" > F F F </v>',
          '   <v type="logical" > F F F </v>',
          '  </varray>',
        ]
      : []),
    ' </structure>',
  ]
}

function rows(name: string, values: readonly (readonly number[])[]): readonly string[] {
  return [
    `  <varray name="${name}" >`,
    ...values.map((row) => `   <v>${row.map(eightDecimals).join(' ')} </v>`),
    '  </varray>',
  ]
}

const settled: Step = {
  freeEv: -11.9,
  withoutEntropyEv: -11.898,
  scfEv: [-10, -11.89999999, -11.9],
  force: 0.004,
}
const read = (text: string, pieceBytes = text.length) => {
  const bytes = Buffer.from(text, 'latin1')
  return readVasprun(
    Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) =>
      bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes),
    ),
  )
}

describe('readVasprun', () => {
  it('reads what a run is made of', async () => {
    const file = await read(document({ steps: [settled] }))

    expect(file.vaspVersion).toBe('5.4.4.18Apr17-6-g9f103f2a35')
    expect(file.elements).toEqual(['Mg', 'O'])
    expect(file.species[1]).toEqual({ symbol: 'O', count: 1, zval: 6, titel: 'PAW_PBE O 08Apr2002' })
    expect(file.electronCount).toBe(8)
    expect(file.incar).toEqual({ PREC: 'accurate', LORBIT: true, MAGMOM: [0.6, 0] })
    expect(file.kpoints).toEqual({
      scheme: 'Gamma',
      divisions: [4, 4, 4],
      points: [
        [0, 0, 0],
        [0.25, 0, 0],
      ],
      weights: [0.25, 0.75],
    })
    expect(file.fermiEnergyEv).toBe(1.5)
  })

  it('takes forces, stress and structure of the last step, and the final structure', async () => {
    const { final, finalStructure } = await read(document({ steps: [settled, { ...settled, force: 0.002 }] }))

    expect(final?.forcesEvPerAngstrom).toEqual([
      [0, 0, 0.002],
      [0, 0, -0.002],
    ])
    expect(final?.maxForceEvPerAngstrom).toBe(0.002)
    expect(final?.pressureKbar).toBe(6)
    expect(final?.positionsFractional?.[1]).toEqual([0.5, 0.5, 0.505])
    expect(final?.positionsCartesianAngstrom?.[1]?.[2]).toBeCloseTo(2.105, 12)
    expect(finalStructure?.positionsFractional[1]).toEqual([0.5, 0.5, 0.51])
  })

  it('takes the energy at zero smearing from the last electronic step, moved by what came after it', async () => {
    const withDispersion = { ...settled, freeEv: settled.freeEv - 0.25 }

    const { ionicSteps } = await read(document({ steps: [settled, withDispersion] }))

    expect(ionicSteps[0]?.energySigmaToZeroEv).toBeCloseTo(-11.899, 8)
    expect(ionicSteps[1]?.energySigmaToZeroEv).toBeCloseTo(-12.149, 8)
  })

  it('reads eigenvalues by spin, k-point and band, and leaves projections alone', async () => {
    const { eigenvalues } = await read(document({ steps: [settled] }))

    expect(eigenvalues).toMatchObject({ spinCount: 1, kpointCount: 2, bandCount: 2 })
    expect([...(eigenvalues?.energiesEv ?? [])]).toEqual([-4.5, 7.25, -3.9, 8])
  })

  it('reads the same however the file is cut into pieces', async () => {
    const text = document({ steps: [settled, settled], selective: true })
    const whole = await read(text)

    for (const pieceBytes of [3, 17, 100, 1000]) expect(await read(text, pieceBytes)).toEqual(whole)
  })

  it('names elements by their potential where the element column is cut', async () => {
    const text = document({ steps: [settled] }).replaceAll('<c>Mg</c>', '<c>M </c>')

    expect((await read(text)).elements).toEqual(['Mg', 'O'])
  })
})

describe('convergence of a vasprun.xml', () => {
  it('is reached when forces are below EDIFFG', async () => {
    const { runState, converged } = await read(document({ steps: [settled] }))

    expect(runState).toBe('finished')
    expect(converged).toEqual({ electronic: true, ionic: true, earlierElectronicMisses: 0 })
  })

  it('is not reached by fewer steps than NSW alone', async () => {
    const { runState, ionicSteps } = await read(document({ steps: [{ ...settled, force: 0.5 }] }))

    expect(ionicSteps.length).toBeLessThan(20)
    expect(runState).toBe('ionic-unconverged')
  })

  it('leaves out the forces on atoms held by selective dynamics', async () => {
    const { converged } = await read(document({ steps: [{ ...settled, force: 0.5 }], selective: true }))

    expect(converged.ionic).toBe(true)
  })

  it('asks both for NELM and for the last energy change', async () => {
    const parameters = { NELM: '3' }
    const restless = { ...settled, scfEv: [-10, -11.8, -11.9] }

    expect((await read(document({ steps: [settled], parameters }))).converged.electronic).toBe(true)
    expect((await read(document({ steps: [restless], parameters }))).runState).toBe('electronic-unconverged')
    expect(
      (await read(document({ steps: [restless, settled], parameters }))).converged.earlierElectronicMisses,
    ).toBe(1)
  })

  it('is not judged for the ions when nothing was relaxed', async () => {
    for (const parameters of [{ NSW: '0' }, { IBRION: '0' }, { IBRION: '6' }]) {
      expect(
        (await read(document({ steps: [{ ...settled, force: 0.5 }], parameters }))).converged.ionic,
      ).toBeNull()
    }
  })

  it('is interrupted wherever the file ends, and keeps the steps before', async () => {
    const text = document({ steps: [settled, settled] })
    const secondStep = text.lastIndexOf('<calculation>')
    for (let end = secondStep; end < text.lastIndexOf('</modeling>'); end += 53) {
      const file = await read(text.slice(0, end))

      expect(file.runState).toBe('interrupted')
      expect(file.ionicSteps[0]?.totenEv).toBe(-11.9)
    }
  })

  it('has failed at the start when no electronic step was made', async () => {
    const text = document({ steps: [] })

    expect((await read(text.slice(0, text.indexOf('<structure name="finalpos"')))).runState).toBe(
      'failed-at-start',
    )
  })

  it('gives a result or a reason for every damaged copy', async () => {
    for (const { how, bytes } of damagedCopies(Buffer.from(document({ steps: [settled, settled] })), 'MgO')) {
      const outcome = await readVasprun([bytes]).catch((error: unknown) => error)

      expect(outcome instanceof Error ? isKnownError(outcome) : 'runState' in (outcome as object), how).toBe(
        true,
      )
    }
  })
})
