import { KnownError } from '../base/known-error.ts'

/** A column that a user computes from others, for instance `(energyEv - hostEv) / areaAngstrom2 to J/m^2`. */
export interface UserFormula {
  readonly text: string
  /** Unit of the result; needed when it has one. */
  readonly unit?: string
}

export interface FormulaVariable {
  readonly value: number
  /** `eV`, `Å`, `Å2`, `Å3`, `K`, `s`; others, such as e and μB, count as plain numbers. */
  readonly unit?: string
}

export class FormulaError extends KnownError {
  readonly code = 'FORMULA'
  readonly remedy: string
  constructor(text: string, reason: string, remedy: string) {
    super(`The formula '${text}' cannot be computed: ${reason}.`)
    this.remedy = remedy
  }
}

export type CompiledFormula = (variables: Readonly<Record<string, FormulaVariable>>) => number

/** What a formula may call. Everything else is refused before it is computed. */
const allowedFunctions = [
  'abs', 'sign', 'sqrt', 'cbrt', 'pow', 'exp', 'log', 'log2', 'log10', 'round', 'floor', 'ceil', 'mod', 'hypot',
  'min', 'max', 'sum', 'mean', 'median', 'std', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'unit', 'number',
] // prettier-ignore

const allowedNodes = [
  'ConstantNode', 'SymbolNode', 'OperatorNode', 'ParenthesisNode', 'FunctionNode', 'ConditionalNode', 'RelationalNode',
] // prettier-ignore

/** Switched off besides, so that no way around the list leads to them. @source https://mathjs.org/docs/expressions/security.html */
const disabled = ['import', 'createUnit', 'evaluate', 'parse', 'simplify', 'derivative', 'resolve', 'reviver']

const longestFormula = 500
const mathUnits: Readonly<Record<string, string>> = {
  eV: 'eV', Å: 'angstrom', Å2: 'angstrom^2', Å3: 'angstrom^3', 'Å²': 'angstrom^2', 'Å³': 'angstrom^3', K: 'K', s: 's',
} // prettier-ignore

/**
 * Makes a function of a user's formula. The language is that of mathjs with units; nothing can be defined or imported.
 *
 * mathjs is loaded here, when the first formula is met: most runs never need it.
 *
 * @throws FormulaError when the formula is no expression, or, at a call, when a name is unknown or the units do not fit
 */
export async function compileFormula({ text, unit }: UserFormula): Promise<CompiledFormula> {
  if (text.length > longestFormula)
    throw new FormulaError(text.slice(0, 40), 'it is too long', 'Shorten it to 500 characters.')
  const { math, parse } = await sandbox()
  const expression = attempt(text, () => checkedExpression(parse(text)))
  return (variables) =>
    attempt(text, () => {
      const scope = new Map(
        Object.entries(variables).map(([name, variable]) => [name, asMathValue(math, variable)]),
      )
      return asNumber(text, expression.compile().evaluate(scope), unit)
    })
}

type MathModule = typeof import('mathjs')
type Sandbox = { readonly math: ReturnType<MathModule['create']>; readonly parse: MathModule['parse'] }

let loaded: Promise<Sandbox> | undefined

function sandbox(): Promise<Sandbox> {
  loaded ??= import('mathjs').then(({ create, all }) => {
    const math = create(all!, {})
    const parse = math.parse
    const refuse = Object.fromEntries(
      disabled.map((name) => [
        name,
        () => {
          throw new Error(`${name} is not available in formulas`)
        },
      ]),
    )
    math.import(refuse, { override: true })
    return { math, parse }
  })
  return loaded
}

/** Values, operators and listed functions: no assignment, no definition, no property, no text. */
function checkedExpression(node: import('mathjs').MathNode): import('mathjs').MathNode {
  node.traverse((part) => {
    if (!allowedNodes.includes(part.type)) throw new Error('only values, operators and functions are allowed')
    if (part.type !== 'FunctionNode') return
    const { name } = (part as import('mathjs').FunctionNode).fn
    if (!allowedFunctions.includes(name)) throw new Error(`there is no function ${name || 'of that kind'}`)
  })
  return node
}

function asMathValue(math: Sandbox['math'], { value, unit }: FormulaVariable): unknown {
  const known = unit === undefined ? undefined : mathUnits[unit]
  return known === undefined ? value : math.unit(value, known)
}

function asNumber(text: string, result: unknown, unit: string | undefined): number {
  if (typeof result === 'number' && Number.isFinite(result)) return result
  if (isQuantity(result)) {
    if (unit === undefined) {
      throw new FormulaError(
        text,
        `the result is in ${result.formatUnits()}`,
        'State the unit of the column, or divide it away.',
      )
    }
    return result.toNumber(mathUnits[unit] ?? unit)
  }
  throw new FormulaError(
    text,
    `the result ${String(result)} is no finite number`,
    'Check divisions by zero and the names used.',
  )
}

function isQuantity(value: unknown): value is { formatUnits(): string; toNumber(unit: string): number } {
  return typeof value === 'object' && value !== null && 'toNumber' in value && 'formatUnits' in value
}

function attempt<T>(text: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (error instanceof FormulaError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new FormulaError(
      text,
      reason,
      `Use column keys, numbers, units and functions such as ${allowedFunctions.slice(0, 8).join(', ')}.`,
    )
  }
}
