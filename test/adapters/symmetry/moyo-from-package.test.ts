import { expect, it } from 'vitest'
import { loadSymmetryEngine } from '../../../src/adapters/symmetry/moyo-from-package.ts'
import { SymmetryEngineMissingError, symmetryEngine } from '../../../src/structure/symmetry-engine.ts'

it('refuses symmetry before the engine is loaded, and gives it afterwards, however often it is loaded', () => {
  expect(() => symmetryEngine()).toThrow(SymmetryEngineMissingError)

  loadSymmetryEngine()
  loadSymmetryEngine()

  expect(symmetryEngine().space_group_type(12).hm_short).toBe('C 2/m')
})
