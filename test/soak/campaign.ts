/**
 * A screen of sixty calculations through a real Slurm, with injected failures of every kind. In the end every table is
 * complete, every correction has a reason, the series compares, and the healthy runs were left alone. Prints a ledger;
 * exits with 1 otherwise.
 *
 *     npx tsx test/soak/campaign.ts [seed] [slurm|direct]
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { loadSymmetryEngine, openStore } from '../../src/compose.ts'
import { auditRepairs, faultLines, planFaults, type LedgerLine } from '../integration/repair-ledger.ts'
import { startSlurm, whyNoSlurm, type SlurmBed } from '../integration/slurm/slurm-bed.ts'

const seed = process.argv[2] ?? 'campaign'
const kind = process.argv[3] ?? 'slurm'
const folder = mkdtempSync(join(tmpdir(), 'dopant-campaign-'))
const screenFile = join(folder, 'screen.yaml')

const elements = ['B', 'Al', 'P', 'S', 'Si', 'Mg', 'Ti', 'Zr', 'Sn', 'Ge', 'Ga', 'Nb', 'Hf', 'Zn']

const screen = `
name: campaign
host: { file: ${JSON.stringify(resolve('structures/li2mno3.cif'))}, oxidationStates: { Li: 1, Mn: 4, O: -2 } }
slab: { millerIndex: [0, 1, 0], repeats: 2 }
dopants:
  elements: [${elements.join(', ')}]
  sites: [{ replace: Mn, wyckoff: 4g }]
delithiation: [{ of: [pristine, ${elements.map((element) => `${element}-on-Mn`).join(', ')}] }]
method: { hubbardU: { Mn: 4.5 } }
site: cluster
`

/** Two ranks in two places, so that ranks and nodes can be given another way when memory runs out. */
function describeSite(): Record<string, string> {
  const bin = (name: string): string => resolve('bin', name)
  const site = {
    transport: { kind: 'local' },
    scheduler: kind === 'slurm' ? 'slurm' : 'direct',
    workFolder: join(folder, 'work'),
    maxJobs: 6,
    pollSeconds: 1,
    graceSeconds: 5,
    silenceSeconds: 20,
    vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program: process.execPath, args: [bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_FAIL_PLAN: join(folder, 'faults') },
    resources: { nodes: 1, ranksPerNode: 2, maxNodes: 2, memoryMibPerNode: 400, walltime: '00:05:00', maxWalltime: '00:10:00' },
  }
  mkdirSync(join(folder, 'configuration', 'dopant'), { recursive: true })
  writeFileSync(join(folder, 'configuration', 'dopant', 'sites.yaml'), stringify({ cluster: site }))
  return { XDG_CONFIG_HOME: join(folder, 'configuration') }
}

function dopant(args: readonly string[], environment: Record<string, string>): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, [resolve('bin/dopant.js'), ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()))
  return new Promise((done) => child.on('close', (code) => done({ code, stderr })))
}

/** Runs the screen; mends the world and tries again as a person would, three times at most. */
async function runWithPerson(environment: Record<string, string>): Promise<number> {
  for (let asked = 0; ; asked++) {
    const { code, stderr } = await dopant(['run', screenFile, '--project', folder], environment)
    console.log(`run ${asked + 1}: exit ${code}; ${stderr.trim().split('\n').slice(-3).join(' | ')}`)
    if (code === 0 || asked === 3) return asked
    await dopant(['retry', '--project', folder], environment)
  }
}

function ledgerLine({ id, state, fault, attempts }: LedgerLine): string {
  const story = attempts.map(({ corrections, decision }) => {
    const made = corrections.map(({ symptom, ladderStep }) => `${symptom}/${ladderStep}`).join('+')
    return `${made === '' ? '' : `[${made}] `}${decision?.kind ?? '?'}`
  })
  return `${id.padEnd(44)} ${state.padEnd(6)} ${(fault ?? 'healthy').padEnd(30)} ${story.join(' → ')}`
}

function incompleteTables(): readonly string[] {
  return ['bonds', 'charges'].flatMap((name) => {
    const { rows } = JSON.parse(readFileSync(join(folder, `results/campaign/${name}.json`), 'utf8')) as { rows: readonly Record<string, unknown>[] }
    const words = rows.filter((row) => /(failed|is \w+|waits)/.test(JSON.stringify(Object.values(row).filter((cell) => typeof cell === 'object'))))
    return words.map((row) => `${name}: a row is not complete: ${JSON.stringify(row)}`)
  })
}

async function campaign(bed: SlurmBed | undefined): Promise<number> {
  loadSymmetryEngine()
  writeFileSync(join(folder, 'dopant.yaml'), '')
  writeFileSync(screenFile, screen)
  const { plan } = await planScreen(screenFile)
  const ids = plan.calculations.map(({ id }) => id)
  const faults = planFaults(ids, seed)
  writeFileSync(join(folder, 'faults'), faultLines(faults))
  console.log(`seed ${seed}: ${ids.length} calculations, ${faults.size} with a bad day, ${ids.length - faults.size} healthy; ${folder}`)
  const started = Date.now()
  const asked = await runWithPerson({ ...bed?.environment, ...describeSite() })
  const { store, close } = await openStore({ projectFolder: folder, environment: process.env })
  const { lines, problems } = await auditRepairs(store, 'campaign', faults)
  const hours = await store.coreHoursOfScreen('campaign')
  await close()
  for (const line of lines) console.log(ledgerLine(line))
  const all = [...problems, ...incompleteTables()]
  const attempts = lines.reduce((sum, line) => sum + line.attempts.length, 0)
  const made = lines.flatMap((line) => line.attempts.flatMap(({ corrections }) => corrections)).length
  console.log(`${lines.length} calculations, ${attempts} attempts, ${made} corrections, a person was asked ${asked} times, ${hours.toFixed(3)} core-hours, ${((Date.now() - started) / 1000).toFixed(0)} s`)
  for (const problem of all) console.log(`PROBLEM ${problem}`)
  return all.length === 0 ? 0 : 1
}

const reason = kind === 'slurm' ? await whyNoSlurm() : undefined
if (reason !== undefined) {
  console.log(`There is no Slurm here: ${reason}`)
} else {
  const bed = kind === 'slurm' ? await startSlurm() : undefined
  try {
    process.exitCode = await campaign(bed)
  } finally {
    await bed?.stop()
  }
}
