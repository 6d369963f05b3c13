import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const screen = `
name: small
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
method: { hubbardU: { Mn: 4.5 } }
site: cluster
`
const cluster = 'cluster: { transport: { kind: local }, scheduler: slurm, workFolder: /w, quotaGib: 0.1, vasp: { program: vasp_std, version: 6.4.3 } }'

async function plan(...words: readonly string[]): Promise<string> {
  const home = temporaryFolder()
  mkdirSync(join(home, 'dopant'))
  writeFileSync(join(home, 'dopant', 'sites.yaml'), cluster)
  writeFileSync(join(home, 'screen.yaml'), screen)
  const stdout: string[] = []
  await main(['plan', 'screen.yaml', ...words], {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: () => undefined },
    isTerminal: false,
    cwd: home,
    environment: { XDG_CONFIG_HOME: home },
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
  return stdout.join('')
}

it('prints the disk of a plan, and says when the quota of the site is too small for it', async () => {
  expect(await plan()).toMatch(/^Disk: [\d.]+ GB written, at most [\d.]+ GB at once, .*more than the 0\.1 GB of the site/m)
})

it('gives the same as JSON, in bytes', async () => {
  const { disk } = JSON.parse(await plan('--json')) as { disk: { writtenBytes: number; peakBytes: number; keptBytes: number; quotaGib: number } }

  expect(disk.writtenBytes).toBeGreaterThanOrEqual(disk.peakBytes)
  expect(disk.peakBytes).toBeGreaterThan(disk.keptBytes)
  expect(disk.quotaGib).toBe(0.1)
})
