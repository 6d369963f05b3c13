import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { siteRunFiles } from '../../../src/app/results/site-run-files.ts'
import type { SiteConnection } from '../../../src/ports/site-connection.ts'
import type { Transport } from '../../../src/ports/transport.ts'
import { SiteUnreachableError } from '../../../src/ports/transport-errors.ts'
import { readGrid } from '../../../src/vasp/output/grid/read-grid.ts'
import type { Chunks } from '../../../src/vasp/output/text/chunks.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

/** A site that counts as remote and is reached by commands and downloads alone; what was downloaded is kept. */
function remote() {
  const [there, cacheFolder] = [temporaryFolder(), temporaryFolder()]
  const downloads: string[] = []
  const said: string[] = []
  const real = localTransport()
  let isUp = true
  const transport: Transport = {
    ...real,
    run: async (command, options) => {
      if (!isUp) throw new SiteUnreachableError('cluster', 'the network is down')
      return real.run(command, options)
    },
    download: async (path, into) => {
      downloads.push(path.slice(there.length + 1))
      return real.download(path, into)
    },
  }
  const connection = { site: { name: 'cluster', transport: { kind: 'ssh' } }, transport } as unknown as SiteConnection
  const files = siteRunFiles({ sites: new Map([['cluster', connection]]), cacheFolder, say: (line) => said.push(line) })
  const text = (name: string) => files.read({ id: 'a', site: 'cluster', remoteFolder: there }, name, textOf)
  const grid = (name: string) => files.read({ id: 'a', site: 'cluster', remoteFolder: there }, name, (chunks) => readGrid(chunks))
  return { there, cacheFolder, downloads, said, text, grid, goDown: () => (isUp = false) }
}

async function textOf(chunks: Chunks): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += Buffer.from(chunk).toString('latin1')
  return text
}

/** Two densities of 4 × 3 × 2 points, as a spin-polarised CHGCAR has them. */
function spinPolarised(): string {
  const header = ['one', '1.0', '4 0 0', '0 3 0', '0 0 2', 'O', '1', 'Direct', '0 0 0', '']
  const rows = (first: number) => Array.from({ length: 5 }, (_, row) => Array.from({ length: row === 4 ? 4 : 5 }, (_, n) => (first + row * 5 + n).toFixed(5)).join(' '))
  return [...header, '4 3 2', ...rows(1), 'augmentation occupancies 1 2', '0.1 0.2', ' 0.5', '4 3 2', ...rows(101), ''].join('\n')
}

describe('files of a run on another machine', () => {
  it('come once, and again only when they have changed there', async () => {
    const { there, downloads, text } = remote()
    writeFileSync(join(there, 'OUTCAR'), 'first')

    expect([await text('OUTCAR'), await text('OUTCAR')]).toEqual(['first', 'first'])
    expect(downloads).toEqual(['OUTCAR'])

    writeFileSync(join(there, 'OUTCAR'), 'second')
    expect(await text('OUTCAR')).toBe('second')
    expect(downloads).toEqual(['OUTCAR', 'OUTCAR'])
  })

  it('are missing where there are none, and POTCAR never leaves its site', async () => {
    const { there, cacheFolder, text, downloads } = remote()
    mkdirSync(join(there, 'sub'))
    writeFileSync(join(there, 'POTCAR'), 'licensed')

    expect(await text('OUTCAR')).toBeUndefined()
    expect(await text('POTCAR')).toBeUndefined()
    expect(downloads).toEqual([])
    expect(readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).includes('POTCAR'))).toEqual([])
  })

  it('are those from last time while the site cannot be reached, which is said once', async () => {
    const { there, text, goDown, said } = remote()
    writeFileSync(join(there, 'OUTCAR'), 'kept')
    await text('OUTCAR')
    goDown()

    expect([await text('OUTCAR'), await text('OSZICAR')]).toEqual(['kept', undefined])
    expect(said).toEqual([expect.stringMatching(/^Files of cluster are not read now: .*network is down/)])
  })

  it('bring of a spin-polarised density only the total, packed, and leave nothing behind', async () => {
    const { there, cacheFolder, grid, downloads } = remote()
    writeFileSync(join(there, 'CHGCAR'), spinPolarised())
    const { total } = (await grid('CHGCAR'))!

    expect([...total.values]).toEqual(Array.from({ length: 24 }, (_, n) => n + 1))
    expect(downloads).toEqual(['dopant-CHGCAR.gz'])
    expect(readdirSync(there)).toEqual(['CHGCAR'])
    const [packed] = readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).endsWith('CHGCAR.gz'))
    expect(gunzipSync(readFileSync(join(cacheFolder, String(packed)))).toString()).not.toContain('augmentation')
  })
})
