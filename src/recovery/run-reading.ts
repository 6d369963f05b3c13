import type { IncarValue } from '../vasp/input/incar-value.ts'
import { paragraphsOf, type Paragraph } from './paragraphs.ts'
import type { RunEvidence } from './run-evidence.ts'

/** The evidence, read once for all symptoms. */
export interface RunReading extends RunEvidence {
  readonly paragraphs: readonly Paragraph[]
  /** VASP came to its own end and what it had to converge is converged: warnings on the way did no harm. */
  readonly endedWell: boolean
}

export function readRun(evidence: RunEvidence): RunReading {
  const boxes = (evidence.outcar?.boxes ?? []).map(({ text, count }): Paragraph => ({
    where: 'OUTCAR',
    text: text.replace(/\s+/g, ' ').trim(),
    line: 0,
    count,
  }))
  const paragraphs = [
    ...paragraphsOf(evidence.stdout, 'stdout'),
    ...paragraphsOf(evidence.stderr, 'stderr'),
    ...boxes,
  ]
  return { ...evidence, paragraphs, endedWell: endedWell(evidence, paragraphs) }
}

function endedWell({ outcar, watch }: RunEvidence, paragraphs: readonly Paragraph[]): boolean {
  if (watch !== undefined) return false
  if (outcar !== undefined) return outcar.runState === 'finished'
  // Without an OUTCAR only the log can tell; VASP writes the orbitals last.
  const says = (words: string): boolean => paragraphs.some(({ text }) => text.includes(words))
  const wasStopped = says('soft stop encountered') || says('hard stop encountered')
  return !wasStopped && (says('writing wavefunctions') || says('reached required accuracy'))
}

/** A tag as it was in force: as planned, else as the OUTCAR echoes it, else as the OUTCAR lists it. */
export function tagInForce({ planned, outcar }: RunEvidence, tag: string): IncarValue | undefined {
  return planned?.incar[tag] ?? outcar?.incar[tag] ?? outcar?.settings[tag]
}

export function numberInForce(run: RunEvidence, tag: string): number | undefined {
  const value = tagInForce(run, tag)
  const number = typeof value === 'string' ? Number(value.split(/[\s#!;]/)[0]?.replace(/[dD]/, 'e')) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

// IALGO as the OUTCAR lists it; ALGO itself is echoed since 6.2 only.
const algoOfIalgo: Readonly<Record<number, string>> = {
  38: 'normal',
  48: 'veryfast',
  68: 'fast',
  53: 'damped',
  58: 'all',
  90: 'exact',
}

/** ALGO in small letters; VASP looks at the first one alone, except in `VeryFast` and words of later versions. */
export function algoInForce(run: RunEvidence): string {
  const algo = run.planned?.incar['ALGO'] ?? run.outcar?.incar['ALGO']
  if (typeof algo === 'string') {
    const word = algo.toLowerCase()
    return (
      ['normal', 'fast', 'veryfast', 'all', 'damped', 'exact', 'conjugate'].find(
        (known) => known[0] === word[0],
      ) ?? word
    )
  }
  return algoOfIalgo[numberInForce(run, 'IALGO') ?? 38] ?? 'normal'
}

/** Does the run move ions towards a minimum? */
export function isRelaxation(run: RunEvidence): boolean {
  return [1, 2, 3].includes(numberInForce(run, 'IBRION') ?? 0) && (numberInForce(run, 'NSW') ?? 0) > 0
}

export function ionCountOf({ planned, outcar }: RunEvidence): number | undefined {
  return outcar?.ionCount ?? planned?.structure.sites.length
}
