import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { slabPotential } from '../../src/analysis/planar-potential.ts'
import { loadSymmetryEngine } from '../../src/adapters/symmetry/moyo-from-package.ts'
import { localTransport } from '../../src/adapters/transports/local-transport.ts'
import { readElectrons } from '../../src/app/outputs/read-electrons.ts'
import { readPlanarPotential } from '../../src/app/outputs/read-potential.ts'
import { openFile } from '../../src/app/parse/open-file.ts'
import { changedMoments } from '../../src/analysis/moments.ts'
import { assignIons } from '../../src/rehearsal/model/assign-ions.ts'
import { finalMoments } from '../../src/rehearsal/moments.ts'
import { readGrid } from '../../src/vasp/output/grid/read-grid.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import { shippedPhase } from '../../src/workflow/references/reference-phase.ts'
import { datasetsOfLi2MnO3, haveStructures, rattled, referenceStructure, runFolder, runProgram, withElement } from './fixtures.ts'

beforeAll(() => loadSymmetryEngine())

const staticIncar = 'ISPIN = 2\nNSW = 0\nLORBIT = 11\nLVHAR = .TRUE.\nLCHARG = .TRUE.\nLWAVE = .FALSE.\nISMEAR = 0\nSIGMA = 0.05\n'

describe('elements, which the model cannot describe', () => {
  it('keep their geometry, have no forces and say that their energy is a placeholder', async () => {
    const { structure } = shippedPhase('O2')
    const folder = runFolder(structure, `${staticIncar}MAGMOM = 1 1\n`, 'O PBE O 6\n')

    await runProgram(folder)
    const outcar = await readOutcar(openFile(join(folder, 'OUTCAR')).chunks())

    expect(readFileSync(join(folder, 'OUTCAR'), 'latin1')).toContain('placeholders')
    expect(outcar.method).toBe('rehearsal')
    expect(outcar.final?.maxForceEvPerAngstrom).toBe(0)
    // Triplet: one unpaired electron on each atom.
    expect(outcar.magnetization?.totalMuB).toBeCloseTo(2, 6)
    expect(outcar.electronCount).toBe(12)
  })
})

describe.skipIf(!haveStructures())('levels of a static rehearsal', () => {
  it('are read as those of VASP are: twelve oxygens with six p electrons each, a flat vacuum on both sides of a symmetric slab', async () => {
    const slab = referenceStructure('n2_1x1')
    const folder = runFolder(slab, staticIncar, datasetsOfLi2MnO3)

    await runProgram(folder)
    const transport = localTransport()
    const levels = (await readElectrons(transport, folder))!
    const potential = (await readPlanarPotential(transport, folder))!
    const whole = await readGrid(openFile(join(folder, 'LOCPOT')).chunks(), { grids: 1 })
    await transport.close()

    const oxygen = levels.dos.curves.find(({ name }) => name === 'O p')!
    const electrons = oxygen.spins.flat().reduce((sum, value) => sum + value, 0) * levels.dos.stepEv
    expect(electrons).toBeCloseTo(72, 0)
    expect(levels.gapEv).toBeNull()

    const [nx, ny, nz] = whole.total.shape
    const direct = Array.from({ length: nz }, (_, z) => whole.total.values.slice(z * nx * ny, (z + 1) * nx * ny).reduce((sum, value) => sum + value, 0) / (nx * ny))
    expect(potential.valuesEv).toHaveLength(nz)
    potential.valuesEv.forEach((value, z) => expect(value).toBeCloseTo(direct[z]!, 4))

    const found = slabPotential(potential, slab)!
    expect(found.above.rippleEv).toBeLessThan(0.05)
    expect(found.above.potentialEv).toBeCloseTo(found.below.potentialEv, 2)
    expect(found.above.potentialEv).toBeGreaterThan(Math.min(...potential.valuesEv) + 3)
  })

  it('are missing, and no error, where there are no files', async () => {
    const transport = localTransport()
    const folder = runFolder(referenceStructure('n2_1x1'), staticIncar, datasetsOfLi2MnO3)

    expect(await readElectrons(transport, folder)).toBeNull()
    expect(await readPlanarPotential(transport, folder)).toBeNull()
    await transport.close()
  })
})

describe.skipIf(!haveStructures())('the electrons of a static step', () => {
  it('stay on the ions where the relaxation left them, although the nearest manganese is another one by then', () => {
    for (const element of ['S', 'P', 'B', 'Al']) {
      const slab = withElement(referenceStructure('n2_2x2'), 40, element)
      const relaxed = finalMoments(assignIons(slab), [])
      const MAGMOM = [...relaxed].map((moment) => Math.round(moment * 1000) / 1000)

      for (const seed of ['1', '2', '3']) {
        const later = finalMoments(assignIons(rattled(slab, seed, 0.25), MAGMOM), MAGMOM)
        expect(changedMoments([...relaxed], [...later])).toEqual([])
      }
    }
  })

  it('are placed anew where the starting moments say nothing', () => {
    const slab = withElement(referenceStructure('n2_2x2'), 40, 'S')
    const uniform = slab.sites.map(({ element }) => (element === 'Mn' ? 3.8 : 0))

    expect(assignIons(slab, uniform)).toEqual(assignIons(slab))
  })
})
