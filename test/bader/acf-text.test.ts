import { expect, it } from 'vitest'
import { acfText } from '../../src/bader/acf-text.ts'
import { partition } from '../../src/bader/partition.ts'
import { readAcf } from '../../src/vasp/output/acf.ts'
import { cubic, promolecule } from './promolecule.ts'

it('writes an ACF.dat that our own reader takes back to the printed digits', () => {
  const grid = promolecule(cubic(5), [16, 16, 16], [
    { element: 'Li', fractional: [0, 0, 0], electrons: 2, decay: 6 },
    { element: 'O', fractional: [0.5, 0.5, 0.5], electrons: 8, decay: 4 },
  ]) // prettier-ignore
  const result = partition({ reference: grid, charge: grid, vacuumDensity: 1e-3 })

  const read = readAcf(acfText(result, grid.structure))

  expect(read.atoms).toHaveLength(2)
  read.atoms.forEach((atom, index) => {
    expect(atom.electrons).toBeCloseTo(result.atoms[index]!.electrons, 6)
    expect(atom.minDistanceAngstrom).toBeCloseTo(result.atoms[index]!.minDistanceAngstrom, 6)
    expect(atom.volumeAngstrom3).toBeCloseTo(result.atoms[index]!.volumeAngstrom3, 6)
  })
  expect(read.atoms[1]!.cartesianAngstrom).toEqual([2.5, 2.5, 2.5])
  expect(read.electronCount).toBeCloseTo(10, 4)
  expect(read.vacuumElectrons).toBeCloseTo(result.vacuumElectrons, 4)
})
