/**
 * OUTCAR readers side by side: ours, pymatgen, ASE, and `wc -l` as the speed of looking at every byte once.
 *
 *   npx tsx benchmarks/outcar.ts [FILE…]
 *
 * Without files: large ones of the corpus and an enlarged one. Each reader runs in its own process, best of five
 * (`first` is the first run of the process, with a cold compiler); imports are not counted. Python is `/usr/bin/python3`
 * or PYTHON, with pymatgen and ase; a reader that is missing or fails is shown as such.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

interface Measurement {
  readonly seconds: readonly number[]
  readonly steps?: number | null
  readonly residentMegabytes?: number
  readonly error?: string
}

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const corpus = process.env['DOPANT_CORPUS'] ?? resolve(repository, '../shared/corpus')
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const scratch = mkdtempSync(join(tmpdir(), 'dopant-bench-'))
const runs = 5

const corpusCases = [
  'atomate1-insertion_wf-YMgPO4-structure-optimization-1-relax1',
  'atomate2e-ApproxNEB-ApproxNEB_image_relax_hop_3+0_image_4-relax1',
  'atomate2e-Si_mp_morph-MP_Morph_VASP_Equilibrium_Volume_Maker_Convergence_M',
]
const enlargedMegabytes = Number(process.env['BENCH_MEGABYTES'] ?? 200)

const timingHead = 'import json, sys, time, warnings\nwarnings.filterwarnings("ignore")\nseconds = []\n'
const timingTail = '\nprint(json.dumps({"seconds": seconds, "steps": steps, "residentMegabytes": __import__("resource").getrusage(0).ru_maxrss / 1000}))'
const timed = (statement: string, steps: string): string => `
for run in range(RUNS):
    start = time.perf_counter()
    result = ${statement}
    seconds.append(time.perf_counter() - start)
    steps = ${steps}`
const pymatgenScript = `${timingHead}from pymatgen.io.vasp.outputs import Outcar${timed('Outcar(sys.argv[1])', 'None')}${timingTail}`
const aseScript = `${timingHead}from ase.io import read${timed('read(sys.argv[1], index=":", format="vasp-out")', 'len(result)')}${timingTail}`

try {
  const reader = compiledReader()
  const files = process.argv.length > 2 ? process.argv.slice(2) : standardFiles()
  for (const file of files) report(file, reader)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function report(file: string, reader: string): void {
  const megabytes = statSync(file).size / 1e6
  console.log(`\n${basename(dirname(file))}/${basename(file)}  ${megabytes.toFixed(1)} MB`)
  const ours = measureOurs(file, reader, 'energies')
  const rows: [string, Measurement][] = [
    ['ours, scalars of every step', ours],
    ['ours, arrays of every step', measureOurs(file, reader, 'all')],
    ['pymatgen Outcar', measurePython(file, pymatgenScript)],
    ['ASE, every step', measurePython(file, aseScript)],
    ['wc -l', measureWc(file)],
  ]
  for (const [name, measurement] of rows) console.log(line(name, measurement, megabytes, Math.min(...ours.seconds)))
}

function line(name: string, { seconds, steps, residentMegabytes, error }: Measurement, megabytes: number, oursSeconds: number): string {
  if (error !== undefined) return `  ${name.padEnd(30)} ${error}`
  const best = Math.min(...seconds)
  const cells = [
    `${best.toFixed(3)} s`.padStart(10), `${(megabytes / best).toFixed(0)} MB/s`.padStart(10), `first ${(megabytes / seconds[0]!).toFixed(0)} MB/s`.padStart(16),
    `×${(best / oursSeconds).toFixed(1)}`.padStart(7), steps === undefined || steps === null ? '' : `${steps} steps`, residentMegabytes === undefined ? '' : `${residentMegabytes.toFixed(0)} MB resident`,
  ]
  return `  ${name.padEnd(30)}${cells.join('  ')}`
}

/** As users run it: compiled, unbundled. A loader that compiles on the fly costs a factor of two. */
function compiledReader(): string {
  const output = join(scratch, 'dist')
  spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', output], { cwd: repository })
  writeFileSync(join(output, 'package.json'), '{"type":"module"}')
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'))
  return join(output, 'src/vasp/output/outcar/read-outcar.js')
}

function measureOurs(file: string, reader: string, keepSteps: string): Measurement {
  const script = `
    import { openSync, readSync, closeSync } from 'node:fs'
    const { createOutcarReader } = await import(${JSON.stringify(reader)})
    const buffer = Buffer.allocUnsafe(1 << 20), seconds = []
    let steps
    for (let run = 0; run < ${runs}; run++) {
      const start = performance.now()
      const reader = createOutcarReader({ keepSteps: '${keepSteps}' }), descriptor = openSync(${JSON.stringify(file)})
      for (let count; (count = readSync(descriptor, buffer)) > 0;) reader.push(buffer.subarray(0, count))
      closeSync(descriptor)
      steps = reader.finish().ionicSteps.length
      seconds.push((performance.now() - start) / 1000)
    }
    console.log(JSON.stringify({ seconds, steps, residentMegabytes: process.resourceUsage().maxRSS / 1000 }))`
  return measured(process.execPath, ['--input-type=module', '-e', script])
}

function measurePython(file: string, script: string): Measurement {
  // pymatgen and ASE go by the name of the file.
  const folder = mkdtempSync(join(scratch, 'python-'))
  symlinkSync(resolve(file), join(folder, 'OUTCAR'))
  return measured(python, ['-c', script.replace('RUNS', String(Math.min(runs, statSync(file).size > 1e8 ? 1 : 3))), join(folder, 'OUTCAR')])
}

function measureWc(file: string): Measurement {
  const seconds = Array.from({ length: runs }, () => {
    const start = performance.now()
    execFileSync('wc', ['-l', file])
    return (performance.now() - start) / 1000
  })
  return { seconds }
}

function measured(program: string, args: readonly string[]): Measurement {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1)!) as Measurement
  return { seconds: [], error: `failed: ${stderr.trim().split('\n').at(-1) ?? 'no message'}` }
}

function standardFiles(): string[] {
  const files = corpusCases.map(unpacked).filter((file) => file !== undefined)
  if (files.length === 0) console.log(`No corpus at ${process.env['DOPANT_CORPUS'] ?? '../shared/corpus'}: give files as arguments.`)
  const forceHeavy = files.at(-1)
  return forceHeavy === undefined ? files : [...files, enlarged(forceHeavy)]
}

function unpacked(name: string): string | undefined {
  const stored = ['OUTCAR', 'OUTCAR.gz'].map((file) => join(corpus, 'files', name, file)).find(existsSync)
  if (stored === undefined) return undefined
  mkdirSync(join(scratch, name), { recursive: true })
  const file = join(scratch, name, 'OUTCAR')
  writeFileSync(file, stored.endsWith('.gz') ? gunzipSync(readFileSync(stored)) : readFileSync(stored))
  return file
}

/** The same header and ending, with the ionic steps repeated until the file is large. */
function enlarged(file: string): string {
  const content = readFileSync(file)
  const start = content.lastIndexOf('\n', content.indexOf('Iteration')) + 1
  const end = content.indexOf('General timing and accounting')
  const steps = content.subarray(start, end < 0 ? content.length : content.lastIndexOf('\n', end) + 1)
  mkdirSync(join(scratch, 'enlarged'))
  const target = join(scratch, 'enlarged', 'OUTCAR')
  const descriptor = openSync(target, 'w')
  writeSync(descriptor, content.subarray(0, start))
  for (let size = 0; size < enlargedMegabytes * 1e6; size += steps.length) writeSync(descriptor, steps)
  writeSync(descriptor, content.subarray(start + steps.length))
  return target
}
