import { KnownError } from '../../base/known-error.ts'
import { startsWith, ascii, textOf } from './text/bytes.ts'
import { createLineScanner, pushAll, type Chunks } from './text/chunks.ts'
import { numbersIn } from './text/number.ts'

/** One line `  3 F= … E0= …`, and the electronic steps before it. */
export interface OszicarStep {
  /** As printed; undefined when it did not fit its field. */
  readonly number?: number
  /** F, eV: free energy. */
  readonly totenEv?: number
  /** E0, eV: extrapolated to zero smearing. */
  readonly energySigmaToZeroEv?: number
  /** `d E`, eV: change of F, except in the first step. */
  readonly energyChangeEv?: number
  /** One component, or three of a non-collinear run, μB. */
  readonly magnetizationMuB?: readonly number[]
  readonly scfSteps: number
  /** dE of the last electronic step, eV. */
  readonly lastEnergyChangeEv?: number
  /** Molecular dynamics. */
  readonly temperatureK?: number
  /** E of molecular dynamics: with kinetic energy and thermostat, eV. */
  readonly conservedEnergyEv?: number
  readonly kineticEnergyEv?: number
}

export interface Oszicar {
  readonly ionicSteps: readonly OszicarStep[]
  /** Electronic steps after the last whole ionic one: more than none when the run goes on or was cut. */
  readonly unfinishedScfSteps: number
  readonly linesRead: number
}

export class NotAnOszicarError extends KnownError {
  readonly code = 'NOT_AN_OSZICAR'
  readonly remedy = 'Check that the file is an OSZICAR; give another kind with --kind.'
  constructor(linesRead: number) {
    super(`No electronic step ("DAV:   1 …") and no ionic step ("1 F= …") within ${linesRead} lines of the OSZICAR.`)
  }
}

/**
 * Reads an OSZICAR. An empty one is a run that has not begun its first electronic step, not an error.
 *
 * @throws NotAnOszicarError when there are lines but none of an OSZICAR's
 */
export async function readOszicar(chunks: Chunks): Promise<Oszicar> {
  const reader = createOszicarReader()
  await pushAll(chunks, reader.push)
  return reader.finish()
}

// Follows the last ionic step and has loops of its own.
const linearResponse = ascii(' Linear response')
// An inner loop of the implicit solvent, not a step of the electrons.
const solvation = ascii('SOL:')

export interface OszicarReader {
  readonly push: (chunk: Uint8Array) => void
  /** @throws NotAnOszicarError when there are lines but none of an OSZICAR's */
  readonly finish: () => Oszicar
}

export function createOszicarReader(): OszicarReader {
  const ionicSteps: OszicarStep[] = []
  let scfSteps = 0
  let lastEnergyChangeEv: number | undefined
  let hasHeading = false
  let isLinearResponse = false

  const scanner = createLineScanner((bytes, start, end) => {
    if (isElectronic(bytes, start, end)) {
      if (isLinearResponse || startsWith(bytes, start, end, solvation)) return
      scfSteps++
      lastEnergyChangeEv = finite(numbersIn(bytes, start + 4, end)[2])
    } else if (bytes[start] === 32 && end - start > 12) {
      const text = textOf(bytes, start, end)
      if (startsWith(bytes, start, end, linearResponse)) isLinearResponse = true
      else if (text.includes(' F=')) finishStep(text)
      else if (/^\s+N\s+E\s+dE/.test(text)) hasHeading = true
    }
  })

  function finishStep(text: string): void {
    ionicSteps.push({ ...stepOf(text), scfSteps, ...(lastEnergyChangeEv === undefined ? {} : { lastEnergyChangeEv }) })
    scfSteps = 0
    lastEnergyChangeEv = undefined
  }

  function finish(): Oszicar {
    scanner.finish()
    const hasAnything = hasHeading || ionicSteps.length > 0 || scfSteps > 0
    if (!hasAnything && scanner.lineNumber > 0) throw new NotAnOszicarError(scanner.lineNumber)
    return { ionicSteps, unfinishedScfSteps: scfSteps, linesRead: scanner.lineNumber }
  }

  return { push: scanner.push, finish }
}

/** `DAV:   1 …`: three capitals, a colon and a number (or `***`). */
function isElectronic(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 8 || bytes[start + 3] !== 58) return false
  for (let at = start; at < start + 3; at++) if (bytes[at]! < 65 || bytes[at]! > 90) return false
  return true
}

function stepOf(text: string): Omit<OszicarStep, 'scfSteps' | 'lastEnergyChangeEv'> {
  const magnetizationMuB = numbersBehind(text, 'mag=').filter(Number.isFinite)
  const fields = {
    number: finite(numbersBehind(text, '')[0]),
    totenEv: valueOf(text, ' F='),
    energySigmaToZeroEv: valueOf(text, ' E0='),
    energyChangeEv: valueOf(text, 'd E ='),
    magnetizationMuB: magnetizationMuB.length > 0 ? magnetizationMuB : undefined,
    temperatureK: valueOf(text, ' T='),
    conservedEnergyEv: valueOf(text, ' E='),
    kineticEnergyEv: valueOf(text, ' EK='),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function valueOf(text: string, name: string): number | undefined {
  return finite(numbersBehind(text, name)[0])
}

function numbersBehind(text: string, name: string): number[] {
  const at = text.indexOf(name)
  if (at < 0) return []
  const bytes = ascii(text.slice(at + name.length))
  return numbersIn(bytes, 0, bytes.length)
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined
}
