import { KnownError } from '../../base/known-error.ts'

export class TemplateMissingError extends KnownError {
  readonly code = 'TEMPLATE_MISSING'
  readonly remedy: string
  constructor(name: string, folders: readonly string[]) {
    super(`There is no template ${name}.`)
    this.remedy = `Put ${name} into one of ${folders.join(', ')}.`
  }
}

export class TemplateSyntaxError extends KnownError {
  readonly code = 'TEMPLATE_SYNTAX'
  readonly remedy: string
  constructor(name: string, cause: unknown) {
    super(`The template ${name} cannot be understood: ${firstLine(cause)}`, { cause })
    this.remedy = `Close every {{#if}} and {{#each}} of ${name}; https://handlebarsjs.com/guide shows the forms.`
  }
}

/** A value that the template uses and nobody gave. */
export class TemplateValueError extends KnownError {
  readonly code = 'TEMPLATE_VALUE'
  readonly remedy: string
  readonly template: string
  readonly line: number | undefined
  readonly missing: string | undefined
  constructor(name: string, cause: unknown) {
    const line = lineOf(cause)
    const missing = /"([^"]+)" not defined/.exec(firstLine(cause))?.[1]
    const where = line === undefined ? name : `${name} line ${line}`
    super(
      missing === undefined
        ? `${where}: ${firstLine(cause)}`
        : `${where} uses "${missing}", which has no value.`,
      { cause },
    )
    this.template = name
    this.line = line
    this.missing = missing
    this.remedy = `Use only the values that templates/README.md lists for ${name}.`
  }
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split('\n').slice(0, 1).join('')
}

function lineOf(cause: unknown): number | undefined {
  if (!(cause instanceof Error)) return undefined
  if ('lineNumber' in cause && typeof cause.lineNumber === 'number') return cause.lineNumber
  const line = / - (\d+):\d+$/.exec(firstLine(cause))?.[1]
  return line === undefined ? undefined : Number(line)
}
