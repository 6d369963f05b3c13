import { z } from 'zod'
import { screenObject } from './screen-schema.ts'

/** A JSON Schema, as far as the screen file needs it. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly pattern?: string
}

/** One key of the screen file for people. */
export interface ScreenKey {
  /** `dopants.sites[].depth`. */
  readonly path: string
  /** What may stand there: `number`, a list of words, `element: number`. */
  readonly values: string
  /** As YAML; `required`, or empty where a key may be left out and has no default. */
  readonly fallback: string
  readonly meaning: string
}

/** The JSON Schema of a screen file as it is written, for editors. */
export function screenJsonSchema(): JsonSchema & Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(screenObject, { io: 'input' })
  return { title: 'dopant screen', ...schema } as unknown as JsonSchema & Readonly<Record<string, unknown>>
}

/** Every key of the screen file, in the order of the schema. */
export function screenKeys(): readonly ScreenKey[] {
  return keysBelow('', screenJsonSchema())
}

/** The same as a Markdown table. */
export function screenKeyTable(): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = screenKeys().map(
    ({ path, values, fallback, meaning }) =>
      `| \`${path}\` | ${cell(values)} | ${cell(fallback)} | ${cell(meaning)} |`,
  )
  return ['| Key | Values | Default | Meaning |', '|---|---|---|---|', ...rows].join('\n')
}

function keysBelow(prefix: string, schema: JsonSchema): readonly ScreenKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`
    const isRequired = schema.required?.includes(name) === true
    return [keyOf(path, value, isRequired), ...insideKeys(path, value)]
  })
}

function keyOf(path: string, schema: JsonSchema, isRequired: boolean): ScreenKey {
  const { description = '' } = schema
  const fallback =
    'default' in schema && !isEmpty(schema.default)
      ? `\`${yamlOf(schema.default)}\``
      : isRequired
        ? 'required'
        : ''
  return { path, values: valuesOf(schema), fallback, meaning: description }
}

/** Keys of objects, of lists of objects, and of values of several forms, each once. */
function insideKeys(path: string, schema: JsonSchema): readonly ScreenKey[] {
  const forms = [schema, ...(schema.anyOf ?? []).flatMap((form) => [form, ...(form.anyOf ?? [])])]
  const found = forms.flatMap((form) => [
    ...keysBelow(path, form),
    ...(form.items === undefined ? [] : insideKeys(`${path}[]`, { ...form.items })),
    ...(form.items === undefined ? [] : keysBelow(`${path}[]`, form.items)),
  ])
  const seen = new Set<string>()
  return found.filter((key) => {
    // A list of the same forms says nothing new, nor do presets, whose rules are those of dopants.sites.
    const name = key.path.replace(`${path}[].`, `${path}.`)
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

function valuesOf(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((word) => `\`${String(word)}\``).join(', ')
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(valuesOf))].join(', or ')
  if (schema.prefixItems !== undefined)
    return `list of ${schema.prefixItems.length} × ${valuesOf(schema.prefixItems[0] ?? {})}`
  if (schema.items !== undefined) return `list of ${valuesOf(schema.items)}`
  if (schema.properties !== undefined) return 'keys below'
  if (typeof schema.additionalProperties === 'object') return `name: ${valuesOf(schema.additionalProperties)}`
  if (schema.pattern === '^[A-Z][a-z]?$') return 'element'
  return (
    { integer: 'whole number', boolean: 'true, false', string: 'text' }[schema.type ?? ''] ??
    schema.type ??
    ''
  )
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function yamlOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll(',', ', ').replaceAll('"', '')
}
