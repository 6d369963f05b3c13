import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scratchSchema } from '../../../src/adapters/config/scratch-schema.ts'
import { loadSites } from '../../../src/adapters/config/sites.ts'
import { resourcesOfStep } from '../../../src/ports/resources.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

function sitesFrom(text: string) {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'dopant'))
  writeFileSync(join(folder, 'dopant', 'sites.yaml'), text)
  return loadSites(folder, { XDG_CONFIG_HOME: folder, DOPANT_SHORTEST_POLL_SECONDS: '1' })
}

describe('the sites of docs/sites.md', () => {
  // Whole sites; other blocks show a part of one.
  const blocks = [...readFileSync('docs/sites.md', 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text).filter((text) => text.includes('workFolder:'))

  it('are read as they stand there', () => {
    const names = blocks.flatMap((text) => [...sitesFrom(text).keys()])

    expect(names).toEqual(expect.arrayContaining(['workstation', 'cluster']))
  })

  it('give every step its own account, time and program', () => {
    const cluster = blocks.map(sitesFrom).find((sites) => sites.has('cluster'))?.get('cluster')

    expect(cluster?.scratch).toEqual({ variable: 'TMPDIR', path: '/dopant' })
    expect(cluster?.vasp.gammaProgram).toBe('vasp_gam')
    expect(resourcesOfStep(cluster?.resources, 'dos')).toMatchObject({ partition: 'short', qos: 'debug', account: 'chem-42', walltimeSeconds: 3600 })
    expect(resourcesOfStep(cluster?.resources, 'relax')).toMatchObject({ partition: 'standard', walltimeSeconds: 86_400 })
  })
})

describe('the scratch folder of a site', () => {
  it.each([
    ['/scratch/me', { path: '/scratch/me' }],
    ['$TMPDIR', { variable: 'TMPDIR', path: '' }],
    ['${SCRATCH}/dopant/', { variable: 'SCRATCH', path: '/dopant' }],
  ])('may be %s', (text, folder) => {
    expect(scratchSchema.parse(text)).toEqual(folder)
  })

  it.each(['/', '', 'relative/path', '/tmp/../etc', '$(id)', '`id`', '/tmp;rm -rf', '$HOME/$USER', '/with blank', '${A:-/etc}', '/a\n/b'])(
    'is never %j',
    (text) => {
      expect(scratchSchema.safeParse(text).success).toBe(false)
    },
  )
})
