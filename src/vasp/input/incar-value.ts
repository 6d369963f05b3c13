import { KnownError } from '../../base/known-error.ts'
import { fortranNumber } from '../../structure/poscar-lines.ts'
import type { TagKind } from './incar-tags-data.ts'

export type IncarValue = boolean | number | string | readonly number[] | readonly boolean[]

export class IncarValueError extends KnownError {
  readonly code = 'INCAR_VALUE'
  readonly remedy = 'Give numbers that are finite and text without line breaks, quotes, #, !, ; and \\.'
  readonly value: unknown
  constructor(value: unknown) {
    super(`The value ${JSON.stringify(value) ?? String(value)} cannot be written into an INCAR.`)
    this.value = value
  }
}

export interface ReadValue {
  readonly value: IncarValue
  readonly trailing: string
}

/** As VASP reads it back: `.TRUE.`, `1E-6`, `Accurate`, and long lists with repetition, `24*4 6*0`. */
export function writeIncarValue(value: IncarValue): string {
  if (typeof value === 'boolean') return value ? '.TRUE.' : '.FALSE.'
  if (typeof value === 'number') return writeNumber(value)
  if (typeof value === 'string') return writeText(value)
  const words = value.map((item) => writeIncarValue(item))
  // Short lists hold one number per species or axis, which a person compares with POSCAR: repetition would hide it.
  return words.length > 8 ? repeat(words) : words.join(' ')
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new IncarValueError(value)
  if (value === 0) return '0'
  const size = Math.abs(value)
  return size < 1e-3 || size >= 1e15
    ? value.toExponential().replace('e', 'E').replace('E+', 'E')
    : String(value)
}

function writeText(value: string): string {
  const plain = value.trim()
  if (plain === '' || plain !== value || /[#!;\\"\n\r{}]/.test(plain)) throw new IncarValueError(value)
  return plain
}

function repeat(words: readonly string[]): string {
  const runs: { word: string; count: number }[] = []
  for (const word of words) {
    const last = runs.at(-1)
    if (last?.word === word) last.count++
    else runs.push({ word, count: 1 })
  }
  return runs.map(({ word, count }) => (count === 1 ? word : `${count}*${word}`)).join(' ')
}

/**
 * The value in front of a text, read as the tag's kind demands; without a kind it is guessed from the words.
 *
 * @returns undefined when the text does not begin with such a value
 */
export function readIncarValue(
  text: string,
  kind: TagKind | undefined,
  wholeLine = false,
): ReadValue | undefined {
  const quoted = /^"([\s\S]*)"\s*$/.exec(text)
  if (quoted !== null) return { value: quoted[1] ?? '', trailing: '' }
  if (kind === undefined) return guess(text)
  if (kind === 'text') return wholeLine ? wholeText(text) : firstWord(text)
  if (kind === 'flag-or-text') return single(text, readLogical) ?? firstWord(text)
  if (kind === 'logical') return single(text, readLogical)
  if (kind === 'logicals') return list(text, readLogical)
  if (kind === 'integer' || kind === 'real') return single(text, fortranNumber)
  return list(text, fortranNumber)
}

function guess(text: string): ReadValue | undefined {
  const numbers = list(text, fortranNumber)
  if (numbers !== undefined && numbers.trailing === '') return onlyOne(numbers)
  const logicals = list(text, readLogical)
  if (logicals !== undefined && logicals.trailing === '') return onlyOne(logicals)
  return wholeText(text)
}

function onlyOne(read: ReadValue): ReadValue {
  const items = read.value
  return Array.isArray(items) && items.length === 1 ? { ...read, value: items[0] } : read
}

function wholeText(text: string): ReadValue | undefined {
  const value = text.trim().replace(/\s+/g, ' ')
  return value === '' ? undefined : { value, trailing: '' }
}

function firstWord(text: string): ReadValue | undefined {
  const match = /^\s*(\S+)\s*([\s\S]*)$/.exec(text)
  return match === null ? undefined : { value: match[1] ?? '', trailing: (match[2] ?? '').trim() }
}

function single<T extends number | boolean>(
  text: string,
  read: (word: string) => T | undefined,
): ReadValue | undefined {
  const [first = '', ...rest] = text.trim().split(/[\s,]+/)
  const value = read(first)
  return value === undefined ? undefined : { value, trailing: rest.join(' ') }
}

// More atoms than any run has: `999999999*0` must not fill the memory.
const longestList = 1_000_000

function list(
  text: string,
  read: (word: string) => number | undefined,
): (ReadValue & { value: number[] }) | undefined
function list(
  text: string,
  read: (word: string) => boolean | undefined,
): (ReadValue & { value: boolean[] }) | undefined
function list<T>(
  text: string,
  read: (word: string) => T | undefined,
): { value: T[]; trailing: string } | undefined {
  // `3 * 0` with blanks is one repetition for VASP too.
  const words = text
    .replace(/(\d)\s*\*\s*/g, '$1*')
    .split(/[\s,]+/)
    .filter(Boolean)
  const value: T[] = []
  let used = 0
  for (const word of words) {
    const [, repetitions = '1', item = word] = /^(\d+)\*(.+)$/.exec(word) ?? []
    const one = read(item)
    if (one === undefined || value.length + Number(repetitions) > longestList) break
    for (let i = 0; i < Number(repetitions); i++) value.push(one)
    used++
  }
  return used === 0 ? undefined : { value, trailing: words.slice(used).join(' ') }
}

// VASP looks at the first letter after an optional dot.
function readLogical(word: string): boolean | undefined {
  const match = /^\.?([TF])[A-Z]*\.?$/i.exec(word)
  return match === null ? undefined : match[1]?.toUpperCase() === 'T'
}
