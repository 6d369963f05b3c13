import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readPoscar } from '../../../src/structure/poscar.ts'
import { readIncar } from '../../../src/vasp/input/incar.ts'
import { readKpoints } from '../../../src/vasp/input/kpoints.ts'
import type { LintedInputs, LintedPotcar } from '../../../src/vasp/input/lint/lint-rule.ts'
import { lintInputs } from '../../../src/vasp/input/lint/lint-rules.ts'
import { harvestedPawRows } from '../../../src/vasp/input/paw-facts-data.ts'
import { sharedFolder } from '../../structure/shared-files.ts'

const corpus = sharedFolder('corpus')

interface Entry {
  readonly case: string
  readonly name: string
  readonly kind: string
  readonly file: string
  readonly notes: readonly string[]
}

describe.skipIf(corpus === undefined)('INCAR folders of public projects', () => {
  const entries = corpus === undefined ? [] : readEntries()
  const findings = entries
    .filter(({ kind }) => kind === 'INCAR')
    .flatMap((entry) => lintInputs(inputsBeside(entry)).map((finding) => ({ ...finding, where: entry.case })))

  it('are called wrong in these cases only, each for a reason that holds', () => {
    const errors = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ where, rule }) => `${where} ${rule}`)

    expect(errors.sort()).toEqual([
      'aiidavasp-incar unreadable-value', // `30 * 2*0.`, made to test a reader
      'atomate1-PBESol_pre_opt_for_SCAN_Al magmom', // one moment beside a POSCAR of two atoms
      'custodian-drift potcar-order', // POSCAR of silicon beside the OUTCAR of Li-P-S: files of two runs
    ])
  })

  it('are warned of only by these rules', () => {
    const counts: Record<string, number> = {}
    for (const { severity, rule } of findings)
      if (severity === 'warning') counts[rule] = (counts[rule] ?? 0) + 1

    console.info(`${findings.length} findings`, counts)
    expect(Object.keys(counts).sort()).toEqual([
      'duplicate-tag', // ALGO and NPAR stand twice
      'encut', // fast tests with 200 to 300 eV, below ENMAX
      'magmom', // POSCAR of another run than INCAR
      'missing-lasph', // a meta-GGA without it
      'unknown-tag', // EDIFF_PER_ATOM, NBVALOPT, NBCONOPT, LWSWQ: nothing that VASP reads
      'vacuum-k-points', // molecules in boxes with 2 to 4 points along each side
    ])
  })

  function inputsBeside(entry: Entry): LintedInputs {
    const beside = entries.filter((other) => other.case === entry.case)
    const unrelated = beside.some(({ notes }) => notes.join().includes('unrelated'))
    const text = (kind: string): string | undefined => {
      const found = unrelated ? undefined : beside.find((other) => other.kind === kind)
      return found === undefined ? undefined : textOf(found)
    }
    const structure = attempt(text('POSCAR') ?? text('CONTCAR'), (poscar) => readPoscar(poscar).structure)
    const kpoints = attempt(text('KPOINTS'), readKpoints)
    const potcars = potcarsOf(text('OUTCAR') ?? '').map(({ potcar }) => potcar)
    return {
      incar: readIncar(textOf(entry)),
      ...(structure && { structure }),
      ...(kpoints && { kpoints }),
      ...(potcars.length > 0 && { potcars }),
    }
  }
})

describe.skipIf(corpus === undefined)('the table of PAW datasets', () => {
  it('holds what public OUTCARs say, and nothing else', () => {
    const harvested = new Set<string>()
    for (const entry of readEntries().filter(({ kind }) => kind === 'OUTCAR')) {
      for (const { title, potcar } of potcarsOf(textOf(entry))) {
        const [family, symbol, date] = title.split(/\s+/)
        if (family === 'PAW_PBE') harvested.add(`${symbol} ${date} ${potcar.zval}`)
      }
    }

    expect(harvestedPawRows.map(([symbol, date, zval]) => `${symbol} ${date} ${zval}`).sort()).toEqual(
      [...harvested].sort(),
    )
  })
})

function potcarsOf(outcar: string): { title: string; potcar: LintedPotcar }[] {
  const summary =
    /TITEL\s*=\s*(\S+ \S+[^\n]*)\n[\s\S]{0,3000}?ZVAL\s*=\s*([\d.]+)[\s\S]{0,1500}?ENMAX\s*=\s*([\d.]+)/g
  return [...outcar.slice(0, 200_000).matchAll(summary)].map(([, title = '', zval, enmaxEv]) => {
    const [family, symbol = ''] = title.trim().split(/\s+/)
    const functional = family === 'PAW_PBE' ? 'PBE' : family === 'PAW' ? 'LDA' : 'other'
    const potcar = {
      element: symbol.split('_')[0] ?? '',
      functional,
      zval: Number(zval),
      enmaxEv: Number(enmaxEv),
    } as const
    return { title: title.trim(), potcar }
  })
}

function attempt<T>(text: string | undefined, read: (text: string) => T): T | undefined {
  try {
    return text === undefined ? undefined : read(text)
  } catch {
    return undefined // what cannot be read is the business of other tests
  }
}

function readEntries(): Entry[] {
  const { entries } = JSON.parse(readFileSync(join(corpus ?? '', 'manifest.json'), 'utf8')) as {
    entries: Entry[]
  }
  return entries
}

function textOf(entry: Entry): string {
  const bytes = readFileSync(join(corpus ?? '', entry.file))
  return (entry.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
