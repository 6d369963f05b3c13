/**
 * A screen of sixty calculations through a real Slurm, with injected failures of every kind: each that the rehearsal can
 * perform, sixty-six on forty calculations. In the end every table is complete, every correction has a reason, the series
 * compares, and the healthy runs were left alone. Prints a ledger; exits with 1 otherwise.
 *
 *     npx tsx test/soak/campaign.ts [seed] [slurm|ssh|direct]
 *
 * `slurm`: dopant runs on the login node itself; `ssh`: it reaches the same Slurm through a jump host and a real sshd.
 *
 * What cannot be performed here is tested elsewhere: a plan that the OUTCAR does not echo (species order, potentials,
 * functional, U, cut-off, mesh), STOPCARs of a person and before the time limit, scratch folders that cannot be copied back,
 * cancelled jobs, and what only real eigenvalues, densities or stresses show (a small gap, drift, long steps, O2 that leaves).
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { planScreen } from '../../src/app/plan/plan-screen.ts'
import { loadSymmetryEngine, openStore } from '../../src/compose.ts'
import { loginHost, startLoginNode, type LoginNode } from '../integration/beds/login-node.ts'
import { auditRepairs, badDays, faultLines, kindsIn, planFaults, type LedgerLine } from '../integration/repair-ledger.ts'
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
function describeSite(node: LoginNode | undefined): Record<string, string> {
  const bin = (name: string): string => resolve('bin', name)
  const site = {
    transport: node === undefined ? { kind: 'local' } : { kind: 'ssh', host: loginHost, configFile: node.client.configFile },
    scheduler: kind === 'direct' ? 'direct' : 'slurm',
    workFolder: join(folder, 'work'),
    maxJobs: 6,
    pollSeconds: 1,
    graceSeconds: 5,
    silenceSeconds: 20,
    stopSeconds: 5,
    vasp: { program: process.execPath, args: [bin('dopant-rehearsal.js')], version: 'rehearsal' },
    bader: { program: process.execPath, args: [bin('dopant.js'), 'bader', 'CHGCAR', '--ref', 'AECCAR0', 'AECCAR2'] },
    environment: { DOPANT_REHEARSAL_GRID_ANGSTROM: '0.3', DOPANT_REHEARSAL_FAIL_PLAN: join(folder, 'faults') },
    resources: { nodes: 1, ranksPerNode: 2, maxNodes: 2, memoryMibPerNode: 400, walltime: '00:05:00', maxWalltime: '00:10:00' },
  }
  mkdirSync(join(folder, 'configuration', 'dopant'), { recursive: true })
  writeFileSync(join(folder, 'configuration', 'dopant', 'sites.yaml'), stringify({ cluster: site }))
  return { XDG_CONFIG_HOME: join(folder, 'configuration'), DOPANT_SHORTEST_POLL_SECONDS: '1' }
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

/** Runs the screen; mends the world and tries again as a person would, five times at most. */
async function runWithPerson(environment: Record<string, string>): Promise<number> {
  for (let asked = 0; ; asked++) {
    const { code, stderr } = await dopant(['run', screenFile, '--project', folder], environment)
    console.log(`run ${asked + 1}: exit ${code}; ${stderr.trim().split('\n').slice(-3).join(' | ')}`)
    if (code === 0 || asked === 5) return asked
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

async function campaign(bed: SlurmBed | undefined, node: LoginNode | undefined): Promise<number> {
  loadSymmetryEngine()
  writeFileSync(join(folder, 'dopant.yaml'), '')
  writeFileSync(screenFile, screen)
  const { plan } = await planScreen(screenFile)
  const ids = plan.calculations.map(({ id }) => id)
  const faults = planFaults(ids, seed)
  writeFileSync(join(folder, 'faults'), faultLines(faults))
  const kinds = kindsIn(faults)
  console.log(`seed ${seed}, ${kind}: ${ids.length} calculations, ${faults.size} with bad days of ${kinds.size} kinds, ${ids.length - faults.size} healthy; ${folder}`)
  const absent = badDays.filter(({ fault }) => !kinds.has(fault))
  const started = Date.now()
  const asked = await runWithPerson({ ...(node === undefined ? bed?.environment : {}), ...describeSite(node) })
  const { store, close } = await openStore({ projectFolder: folder, environment: process.env })
  const { lines, problems } = await auditRepairs(store, 'campaign', faults)
  const hours = await store.coreHoursOfScreen('campaign')
  await close()
  for (const line of lines) console.log(ledgerLine(line))
  const all = [...problems, ...incompleteTables(), ...absent.map(({ fault }) => `no calculation was given ${fault}`)]
  const attempts = lines.reduce((sum, line) => sum + line.attempts.length, 0)
  const made = lines.flatMap((line) => line.attempts.flatMap(({ corrections }) => corrections)).length
  console.log(`${lines.length} calculations, ${attempts} attempts, ${made} corrections, a person was asked ${asked} times, ${hours.toFixed(3)} core-hours, ${((Date.now() - started) / 1000).toFixed(0)} s`)
  for (const problem of all) console.log(`PROBLEM ${problem}`)
  return all.length === 0 ? 0 : 1
}

const reason = kind === 'direct' ? undefined : await whyNoSlurm()
if (reason !== undefined) {
  console.log(`There is no Slurm here: ${reason}`)
} else {
  const bed = kind === 'direct' ? undefined : await startSlurm()
  const node = kind === 'ssh' && bed !== undefined ? await startLoginNode(join(folder, 'login'), bed.environment, ['squeue', 'sbatch']) : undefined
  try {
    process.exitCode = await campaign(bed, node)
    if (node !== undefined) console.log(`${node.connections()} connections, ${node.calls('squeue')} squeue, ${node.calls('sbatch')} sbatch through SSH`)
  } finally {
    await node?.stop()
    await bed?.stop()
  }
}
