import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { incomparableSettings } from '../../src/analysis/run-settings.ts'
import { settingsFromOutcar } from '../../src/analysis/settings-from-outcar.ts'
import { readOutcar } from '../../src/vasp/output/outcar/read-outcar.ts'
import { sharedFolder } from '../structure/shared-files.ts'

const corpus = sharedFolder('corpus')
const box = { step: 'static', kMesh: [1, 1, 1] as const, lattice: [[5, 0, 0], [0, 5, 0], [0, 0, 5]] as const } // prettier-ignore

async function settingsOf(folder: string) {
  const name = ['OUTCAR.gz', 'OUTCAR'].map((each) => join(folder, each)).find(existsSync)!
  const bytes = readFileSync(name)
  return settingsFromOutcar(await readOutcar([name.endsWith('.gz') ? gunzipSync(bytes) : bytes]), box)
}

/** A few runs of each kind, so that the test stays short. */
function foldersWithOutcar(): string[] {
  const folders = readdirSync(join(corpus!, 'files')).map((name) => join(corpus!, 'files', name))
  return folders.filter((folder) => ['OUTCAR.gz', 'OUTCAR'].some((name) => existsSync(join(folder, name))))
}

describe.skipIf(corpus === undefined)('the settings of real runs', () => {
  it('are comparable with themselves and name a potential for each element', async () => {
    for (const folder of foldersWithOutcar().filter((_, n) => n % 25 === 0)) {
      const settings = await settingsOf(folder)

      expect(incomparableSettings(settings, settings)).toEqual([])
      for (const title of Object.values(settings.potentials)) expect(title).toMatch(/PAW|US|NC|GW/)
    }
  })

  it('tell the van der Waals functional of the corpus from PBE', async () => {
    const found = await Promise.all(
      foldersWithOutcar().filter((folder) => /JVASP|vdw/i.test(folder)).slice(0, 6).map(settingsOf),
    ) // prettier-ignore
    const nonlocal = found.filter((settings) => settings.functional.includes('non-local'))

    for (const settings of nonlocal) {
      const plain = { ...settings, functional: 'GGA = PE' }
      expect(incomparableSettings(settings, plain)).toHaveLength(1)
    }
  })
})
