import { describe, expect, it } from 'vitest'
import { resourcesSchema } from '../../../src/adapters/config/resources-schema.ts'
import { resourcesOfStep } from '../../../src/ports/resources.ts'

describe('resources of a site', () => {
  it('hold for every step but what a step says otherwise', () => {
    const resources = resourcesSchema.parse({
      ranksPerNode: 32,
      walltime: '2-12:00:00',
      account: 'chem',
      steps: { static: { walltime: '06:00:00', memoryMibPerNode: 240_000 } },
    })

    expect(resourcesOfStep(resources, 'relax')).toEqual({
      nodes: 1,
      ranksPerNode: 32,
      walltimeSeconds: 216_000,
      account: 'chem',
    })
    expect(resourcesOfStep(resources, 'static')).toEqual({
      nodes: 1,
      ranksPerNode: 32,
      walltimeSeconds: 21_600,
      account: 'chem',
      memoryMibPerNode: 240_000,
    })
  })

  it('are one rank for a day where a site gives none', () => {
    expect(resourcesOfStep(undefined, 'relax')).toEqual({
      nodes: 1,
      ranksPerNode: 1,
      walltimeSeconds: 86_400,
    })
  })

  it.each([
    ['a walltime in words', { ranksPerNode: 1, walltime: '1 day' }],
    ['minutes above 59', { ranksPerNode: 1, walltime: '1:90:00' }],
    ['no ranks', { walltime: '1:00:00' }],
    ['half a node', { nodes: 0.5, ranksPerNode: 1, walltime: '1:00:00' }],
    ['a step that does not exist', { ranksPerNode: 1, walltime: '1:00:00', steps: { bands: {} } }],
    ['a misspelt key', { ranksPerNode: 1, walltime: '1:00:00', memory: 1 }],
  ])('refuse %s', (_, text) => {
    expect(resourcesSchema.safeParse(text).success).toBe(false)
  })
})
