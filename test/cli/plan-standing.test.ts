import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { openProjectStorage } from '../../src/adapters/stores/open-storage.ts'
import { systemClock } from '../../src/adapters/clock/system-clock.ts'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { savePlan } from '../../src/app/screens/save-plan.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { withDatabase } from '../with-database.ts'

const screen = (spacing: number, more = ''): string => `
name: small
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, form: bulk, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
kpoints: { spacing: ${spacing} }
${more}
`
const boron = 'dopants: { elements: [B], sites: [{ replace: Mn, wyckoff: 4g }] }'

async function plan(folder: string, ...words: readonly string[]): Promise<string> {
  const stdout: string[] = []
  const code = await main(['plan', 'screen.yaml', ...words], {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: () => undefined },
    isTerminal: false,
    cwd: folder,
    environment: { XDG_CONFIG_HOME: folder },
    stdin: (async function* () {})(),
    signal: new AbortController().signal,
  })
  expect(code ?? 0).toBe(0)
  return stdout.join('')
}

function project(text: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'dopant.yaml'), '')
  writeFileSync(join(folder, 'screen.yaml'), text)
  return folder
}

describe('dopant plan', () => {
  it('says nothing of a difference where nothing was run yet', async () => {
    expect(await plan(project(screen(0.06)))).not.toContain('compared with what the project has')
  })

  it('shows what running a changed screen would add, keep, change and give up, and writes nothing', async () => {
    const folder = project(screen(0.06))
    const { store, close } = await openProjectStorage({ folder: withDatabase(join(folder, '.dopant')), env: {} })
    const before = await planScreen(join(folder, 'screen.yaml'))
    await savePlan(store, systemClock, before.plan, before.source)
    await close()

    writeFileSync(join(folder, 'screen.yaml'), screen(0.06, boron))
    expect(await plan(folder)).toContain('small: +2 new, =2 kept\n')
    expect(JSON.parse(await plan(folder, '--json'))).toMatchObject({
      difference: { added: ['small/B-on-Mn/relax', 'small/B-on-Mn/static'], kept: ['small/pristine/relax', 'small/pristine/static'], replaced: [], obsolete: [], lostCoreHours: 0 },
    })
    writeFileSync(join(folder, 'screen.yaml'), screen(0.03))
    expect(await plan(folder)).toContain('small: +0 new, =0 kept, ~2 changed before they started\n')
    writeFileSync(join(folder, 'screen.yaml'), screen(0.06))
    expect(await plan(folder)).toContain('small: +0 new, =2 kept\n')
  })
})

describe('sites of one screen', () => {
  const entry = (name: string, version: string): string => `${name}: { transport: { kind: local }, scheduler: slurm, workFolder: /w, vasp: { program: vasp_std, version: ${version} } }\n`
  const withSites = (...versions: readonly [string, string]): string => {
    const folder = project(screen(0.06, 'sites: [cluster, workstation]'))
    mkdirSync(join(folder, 'dopant'))
    writeFileSync(join(folder, 'dopant', 'sites.yaml'), entry('cluster', versions[0]) + entry('workstation', versions[1]))
    return folder
  }

  it('that run different versions of VASP are named in the plan', async () => {
    expect(await plan(withSites('6.4.3', '5.4.4'))).toContain('different programs: cluster (VASP 6.4.3), workstation (VASP 5.4.4)')
  })

  it('that run the same version pass without a word', async () => {
    expect(await plan(withSites('6.4.3', '6.4.3'))).not.toContain('different programs')
  })
})
