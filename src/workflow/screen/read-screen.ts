import { LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { didYouMean } from '../../base/did-you-mean.ts'
import { KnownError } from '../../base/known-error.ts'
import { screenSchema, type Screen } from './screen-schema.ts'

/** The screen file says something that cannot be meant; the message names file and line. */
export class ScreenFileError extends KnownError {
  readonly code = 'SCREEN_FILE'
  readonly remedy: string
  readonly line: number | undefined
  constructor(file: string, line: number | undefined, problem: string, remedy: string) {
    super(`${file}${line === undefined ? '' : `, line ${line}`}: ${problem}`)
    this.line = line
    this.remedy = remedy
  }
}

/**
 * Reads and checks a screen file.
 *
 * @param file name for messages
 * @throws ScreenFileError naming line, what is allowed, and the word that was probably meant
 */
export function readScreen(text: string, file: string): Screen {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const broken = document.errors[0]
  if (broken !== undefined) {
    const problem = broken.message.split('\n')[0] ?? broken.code
    throw new ScreenFileError(
      file,
      lines.linePos(broken.pos[0]).line,
      problem,
      'Correct the YAML at this line.',
    )
  }
  const checked = screenSchema.safeParse(document.toJS({ maxAliasCount: 50 }))
  if (checked.success) return checked.data
  // An unknown key explains a missing one, so it is told first.
  const issues = checked.error.issues.map(insideUnion)
  const issue = issues.find((each) => each.code === 'unrecognized_keys') ?? issues[0]
  throw issue === undefined
    ? new ScreenFileError(file, undefined, 'not a screen', 'Start from an example.')
    : errorOf(issue, file, document, lines)
}

/**
 * Of a value that may have several forms, the problem with the form that was meant: the one whose kind of value fits.
 * Words that are no allowed word are told with all words of all forms.
 */
function insideUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const branches = issue.errors.map((errors) => errors.map(insideUnion))
  const meant = branches.find((errors) =>
    errors.every(
      ({ path, code }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'),
    ),
  )
  const first = meant?.find(({ code }) => code === 'unrecognized_keys') ?? meant?.[0]
  if (first !== undefined) return { ...first, path: [...issue.path, ...first.path] }
  const values = branches
    .flat()
    .flatMap((each) => (each.code === 'invalid_value' && each.path.length === 0 ? each.values : []))
  return values.length === 0
    ? issue
    : { code: 'invalid_value', values, path: issue.path, message: issue.message, input: issue.input }
}

function errorOf(
  issue: z.core.$ZodIssue,
  file: string,
  document: Document,
  lines: LineCounter,
): ScreenFileError {
  const where = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return unknownKey(issue, where, file, document, lines)
  const line = lineOf(document, lines, where)
  const name = where.join('.') || 'the file'
  const allowed = issue.code === 'invalid_value' ? ` Allowed: ${issue.values.map(String).join(', ')}.` : ''
  const given = document.getIn(where) as unknown
  const guess =
    issue.code === 'invalid_value' && typeof given === 'string'
      ? didYouMean(given, issue.values.map(String))
      : undefined
  const why = issue.code === 'custom' ? `: ${issue.message}` : ''
  const missing = given === undefined ? `is missing${why}` : `is ${shown(given)}: ${issue.message}`
  return new ScreenFileError(
    file,
    line,
    `${name} ${missing}.${allowed}`,
    guess === undefined ? `Set ${name} as the message says.` : `Write ${guess}.`,
  )
}

function unknownKey(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  where: readonly string[],
  file: string,
  document: Document,
  lines: LineCounter,
): ScreenFileError {
  const key = issue.keys[0] ?? ''
  const allowed = allowedKeys(where)
  const guess = didYouMean(key, allowed)
  const place = where.length === 0 ? 'a screen' : where.join('.')
  return new ScreenFileError(
    file,
    lineOf(document, lines, [...where, key]),
    `${place} has no key ${JSON.stringify(key)}.${allowed.length === 0 ? '' : ` Allowed: ${allowed.join(', ')}.`}`,
    guess === undefined ? 'Remove it or use one of the allowed keys.' : `Did you mean ${guess}?`,
  )
}

/** The keys that the schema knows at a path; empty where the path leads into a free record. */
function allowedKeys(where: readonly string[]): readonly string[] {
  let schema: unknown = screenSchema
  for (const [depth, part] of where.entries()) {
    schema = unwrap(schema)
    const def = definition(schema)
    if (def?.shape !== undefined) schema = def.shape[part]
    else if (def?.element !== undefined) schema = def.element
    else if (def?.valueType !== undefined) schema = def.valueType
    else return []
    schema = formWithKeys(schema, /^\d+$/.test(where[depth + 1] ?? ''))
  }
  return Object.keys(definition(unwrap(schema))?.shape ?? {})
}

/** Of several forms the list where an index follows, else the one with keys. */
function formWithKeys(schema: unknown, wantsList: boolean): unknown {
  const options = definition(unwrap(schema))?.options
  if (options === undefined) return schema
  const forms = options.map((option) => formWithKeys(option, wantsList))
  const wanted = (form: unknown) =>
    wantsList ? definition(unwrap(form))?.element : definition(unwrap(form))?.shape
  return forms.find((form) => wanted(form) !== undefined) ?? schema
}

interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>
  readonly element?: unknown
  readonly valueType?: unknown
  readonly options?: readonly unknown[]
  readonly innerType?: unknown
}

function unwrap(schema: unknown): unknown {
  const inner = definition(schema)?.innerType
  return inner === undefined ? schema : unwrap(inner)
}

function definition(schema: unknown): Definition | undefined {
  return (schema as { def?: Definition } | undefined)?.def
}

/** The line of the deepest part of the path that is in the file. */
function lineOf(document: Document, lines: LineCounter, where: readonly string[]): number | undefined {
  for (let depth = where.length; depth > 0; depth--) {
    const parent = document.getIn(where.slice(0, depth - 1), true) as YamlParent | undefined
    const last = where[depth - 1]
    const pair = parent?.items?.find((item) => String(item?.key?.value ?? '') === last)
    const range =
      pair?.key?.range ?? (document.getIn(where.slice(0, depth), true) as YamlParent | undefined)?.range
    if (range?.[0] !== undefined) return lines.linePos(range[0]).line
  }
  return 1
}

interface YamlParent {
  readonly range?: readonly [number, number, number] | null
  readonly items?: readonly (
    { readonly key?: { readonly value?: unknown; readonly range?: readonly number[] | null } } | undefined
  )[]
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
