import { describe, expect, it } from 'vitest'
import { isKnownError } from '../../../../src/base/known-error.ts'
import { seededRandom } from '../../../../src/base/seeded-random.ts'
import type { Outcar } from '../../../../src/vasp/output/outcar/outcar.ts'
import { createOutcarReader } from '../../../../src/vasp/output/outcar/read-outcar.ts'
import { createOszicarReader } from '../../../../src/vasp/output/oszicar.ts'
import { ascii } from '../../../../src/vasp/output/text/bytes.ts'
import { contentOf, corpusEntries } from '../../../corpus/corpus-cases.ts'
import { mutations } from './mutations.ts'
import { outcarText, relaxed } from './outcar-fixture.ts'

const runStates = ['finished', 'stopped', 'interrupted', 'ionic-unconverged', 'electronic-unconverged', 'failed-at-start']

/** How many broken files of each kind; more with DOPANT_MUTATIONS. */
const rounds = Number(process.env['DOPANT_MUTATIONS'] ?? 24)

// The files of the corpus are added when they are there; large ones only slow this down.
const files = new Map<string, Uint8Array>([['fixture', ascii(outcarText(relaxed))]])
for (const entry of corpusEntries('OUTCAR').filter((_, index) => index % 14 === 3)) {
  const content = contentOf(entry)
  if (content.length < 1_000_000) files.set(entry.case, content)
}

function readOrKnown(content: Uint8Array): Outcar | undefined {
  const reader = createOutcarReader()
  reader.push(content)
  try {
    return reader.finish()
  } catch (error) {
    if (isKnownError(error)) return undefined
    throw error
  }
}

describe('a broken OUTCAR', () => {
  it.each(Object.entries(mutations))('gives what could be read, or an error that is known: %s', { timeout: 600_000 }, (name, mutate) => {
    const random = seededRandom(name)
    for (const [file, content] of files) {
      for (let round = 0; round < (file === 'fixture' ? 10 * rounds : Math.ceil(rounds / 4)); round++) {
        const outcar = readOrKnown(mutate(content, random))
        if (outcar !== undefined) expect(runStates, file).toContain(outcar.runState)
      }
    }
  })

  it('when cut short, gives a beginning of what the whole file gives, and never calls the run finished', { timeout: 600_000 }, () => {
    const random = seededRandom('truncation')
    for (const [file, content] of files) {
      const whole = readOrKnown(content)!
      const end = Buffer.from(content).indexOf('General timing and accounting')
      for (let round = 0; round < rounds; round++) {
        const length = Math.floor(random() * (end < 0 ? content.length : end))
        const cut = readOrKnown(content.subarray(0, length))
        if (cut === undefined) continue
        const settled = cut.ionicSteps.slice(0, -1)
        expect(['interrupted', 'failed-at-start', 'stopped'], `${file} at ${length}`).toContain(cut.runState)
        expect(settled.map((step) => step.totenEv), `${file} at ${length}`).toEqual(whole.ionicSteps.slice(0, settled.length).map((step) => step.totenEv))
      }
    }
  })

  it('with absurd numbers of ions or species does not reserve memory for them', () => {
    const text = outcarText(relaxed).replace('NIONS =      3', 'NIONS = 99999999999').replace('ions per type =               2   1', 'ions per type = 4000000000 4000000000')

    const outcar = readOrKnown(ascii(text))

    expect(outcar?.ionCount).toBe(99999999999)
    expect(outcar?.final).not.toHaveProperty('forcesEvPerAngstrom')
  })
})

describe('lines without an end', () => {
  const long = 'A'.repeat(3_000_000)

  it.each(['   ENCUT  = ', '|  ', ' INCAR:\n   MAGMOM = ', '   TITEL  = ', ' total energy-change', ' POSCAR = ', '----------'])('do not stop the reader: %j', (beginning) => {
    const started = performance.now()

    const outcar = readOrKnown(ascii(outcarText({ ...relaxed, afterVersion: [beginning + long, beginning + ' '.repeat(3_000_000) + 'x'] })))

    expect(outcar?.final?.totenEv).toBe(-14.75)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a broken OSZICAR', () => {
  it.each(Object.entries(mutations))('gives what could be read, or an error that is known: %s', (name, mutate) => {
    const random = seededRandom(name)
    for (const entry of corpusEntries('OSZICAR').filter((_, index) => index % 7 === 2)) {
      const content = contentOf(entry)
      for (let round = 0; round < Math.ceil(rounds / 4); round++) {
        const reader = createOszicarReader()
        reader.push(mutate(content, random))
        try {
          expect(reader.finish().unfinishedScfSteps).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect(isKnownError(error), String(error)).toBe(true)
        }
      }
    }
  })
})
