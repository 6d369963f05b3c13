/**
 * Readers of vasprun.xml and CHGCAR side by side: ours, pymatgen, ASE, and `wc -l` as the speed of looking at every byte.
 * OUTCAR has a benchmark of its own, `outcar.ts`.
 *
 *   npx tsx benchmarks/parsers.ts
 *
 * Files: the largest of the corpus, and enlarged ones (BENCH_MEGABYTES, 200 unless told). Each reader runs in a process
 * of its own; processor time of the best run, because other work on the machine hardly changes it; imports and
 * compilation of TypeScript are not counted. Python is `/usr/bin/python3` or PYTHON.
 */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

interface Measurement {
  readonly seconds: readonly number[]
  readonly residentMegabytes?: number
  readonly error?: string
}

interface Subject {
  readonly name: string
  readonly file: string
  readonly ours: string
  readonly pymatgen: string
  readonly ase: string
}

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const corpus = process.env['DOPANT_CORPUS'] ?? resolve(repository, '../shared/corpus')
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const enlargedBytes = Number(process.env['BENCH_MEGABYTES'] ?? 200) * 1e6
const scratch = mkdtempSync(join(tmpdir(), 'dopant-bench-'))
const hundredMegabytes = 1e8

try {
  const compiled = compile()
  console.log(
    '| file | reader | MB/s | first run MB/s | times ours | resident MB |\n|---|---|---:|---:|---:|---:|',
  )
  for (const subject of subjects()) report(subject, compiled)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function report(subject: Subject, compiled: string): void {
  const megabytes = statSync(subject.file).size / 1e6
  const runs = megabytes * 1e6 > hundredMegabytes ? 1 : 3
  const ours = measureOurs(subject, compiled)
  const rows: readonly (readonly [string, Measurement])[] = [
    ['dopant', ours],
    ['pymatgen', measurePython(subject.pymatgen, subject.file, runs)],
    ['ASE', measurePython(subject.ase, subject.file, runs)],
    ['wc -l', measureWc(subject.file)],
  ]
  const fastest = Math.min(...ours.seconds)
  for (const [reader, { seconds, residentMegabytes, error }] of rows) {
    const best = Math.min(...seconds)
    const first = seconds[0] ?? NaN
    const cells = [
      `${subject.name}, ${megabytes.toFixed(0)} MB`,
      reader,
      error ?? (megabytes / best).toFixed(0),
      (megabytes / first).toFixed(0),
      (best / fastest).toFixed(1),
      residentMegabytes?.toFixed(0) ?? '',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

/** As users run it: compiled, unbundled. */
function compile(): string {
  const output = join(scratch, 'dist')
  spawnSync('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', output], { cwd: repository })
  writeFileSync(join(output, 'package.json'), '{"type":"module"}')
  symlinkSync(join(repository, 'node_modules'), join(scratch, 'node_modules'))
  return join(output, 'src')
}

function measureOurs({ ours, file }: Subject, compiled: string): Measurement {
  const script = `
    const { openFile } = await import(${JSON.stringify(join(compiled, 'app/parse/open-file.js'))})
    const { readGrid } = await import(${JSON.stringify(join(compiled, 'vasp/output/grid/read-grid.js'))})
    const { readVasprun } = await import(${JSON.stringify(join(compiled, 'vasp/output/vasprun/read-vasprun.js'))})
    const seconds = []
    for (let run = 0; run < 7; run++) {
      const start = process.cpuUsage()
      await ${ours}(openFile(${JSON.stringify(file)}).chunks())
      const { user, system } = process.cpuUsage(start)
      seconds.push((user + system) / 1e6)
    }
    console.log(JSON.stringify({ seconds, residentMegabytes: process.resourceUsage().maxRSS / 1000 }))`
  return measured(process.execPath, ['--input-type=module', '-e', script])
}

function measurePython(statement: string, file: string, runs: number): Measurement {
  const [imports = '', call = ''] = statement.split('; ')
  const script = [
    'import json, sys, warnings, resource',
    'warnings.filterwarnings("ignore")',
    imports,
    'def used():',
    '    usage = resource.getrusage(resource.RUSAGE_SELF)',
    '    return usage.ru_utime + usage.ru_stime',
    'seconds = []',
    `for run in range(${runs}):`,
    '    start = used()',
    `    ${call}`,
    '    seconds.append(used() - start)',
    'print(json.dumps({"seconds": seconds, "residentMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))',
  ].join('\n')
  return measured(python, ['-c', script, file])
}

function measureWc(file: string): Measurement {
  const seconds = Array.from({ length: 3 }, () => {
    const start = process.resourceUsage()
    const before = performance.now()
    spawnSync('wc', ['-l', file])
    return start.maxRSS > 0 ? (performance.now() - before) / 1000 : NaN
  })
  return { seconds }
}

function measured(program: string, args: readonly string[]): Measurement {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measurement
  return { seconds: [], error: `failed: ${stderr.trim().split('\n').at(-1) ?? 'no message'}` }
}

function subjects(): readonly Subject[] {
  const vasprun = {
    ours: 'readVasprun',
    pymatgen: 'from pymatgen.io.vasp import Vasprun; Vasprun(sys.argv[1], parse_potcar_file=False)',
    ase: 'from ase.io import read; read(sys.argv[1], index=":", format="vasp-xml")',
  }
  const grid = {
    ours: 'readGrid',
    pymatgen: 'from pymatgen.io.vasp import Chgcar; Chgcar.from_file(sys.argv[1])',
    ase: 'from ase.calculators.vasp import VaspChargeDensity; VaspChargeDensity(sys.argv[1])',
  }
  const xml = unpacked('atomate2e-ApproxNEB-ApproxNEB_image_relax_hop_3+0_image_4-relax1', 'vasprun.xml')
  const charge = unpacked('atomate2e-Si_elph_renorm-static_T=0.0', 'CHGCAR')
  return [
    { name: 'vasprun.xml', file: xml, ...vasprun },
    { name: 'vasprun.xml, steps repeated', file: enlargedVasprun(xml), ...vasprun },
    { name: 'CHGCAR', file: charge, ...grid },
    { name: 'CHGCAR, grid repeated along c', file: enlargedGrid(charge), ...grid },
  ]
}

function unpacked(name: string, file: string): string {
  const stored = [file, `${file}.gz`]
    .map((candidate) => join(corpus, 'files', name, candidate))
    .find(existsSync)
  if (stored === undefined)
    throw new Error(`${name}/${file} is not in the corpus; set DOPANT_CORPUS to its folder`)
  const target = join(scratch, `${name}-${file}`)
  writeFileSync(target, stored.endsWith('.gz') ? gunzipSync(readFileSync(stored)) : readFileSync(stored))
  return target
}

function enlargedVasprun(file: string): string {
  const content = readFileSync(file)
  const start = content.indexOf(' <calculation>')
  const end = content.lastIndexOf('</calculation>') + '</calculation>\n'.length
  return repeated(
    content.subarray(0, start),
    content.subarray(start, end),
    content.subarray(end),
    'vasprun.xml',
  )
}

/** The lines of the grid again and again, with the number of points along c to match. */
function enlargedGrid(file: string): string {
  const content = readFileSync(file)
  const text = content.toString('latin1', 0, 4000)
  const dimensions = /\n\s*\n *(\d+) +(\d+) +(\d+) *\n/.exec(text)
  if (dimensions === null) throw new Error(`no grid in ${file}`)
  const start = dimensions.index + dimensions[0].length
  const augmentation = content.indexOf('augmentation')
  const end = augmentation < 0 ? content.length : augmentation
  const copies = Math.ceil(enlargedBytes / (end - start))
  const [, a, b, c] = dimensions
  const head = `${text.slice(0, dimensions.index)}\n\n ${a} ${b} ${Number(c) * copies}\n`
  return repeated(Buffer.from(head, 'latin1'), content.subarray(start, end), Buffer.alloc(0), 'CHGCAR')
}

function repeated(head: Buffer, body: Buffer, tail: Buffer, name: string): string {
  const target = join(scratch, `enlarged-${name}`)
  const descriptor = openSync(target, 'w')
  writeSync(descriptor, head)
  for (let copies = Math.ceil(enlargedBytes / body.length); copies > 0; copies--) writeSync(descriptor, body)
  writeSync(descriptor, tail)
  closeSync(descriptor)
  return target
}
