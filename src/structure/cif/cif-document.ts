import { CifSyntaxError } from './cif-errors.ts'
import { cifTokens, type CifToken } from './cif-tokens.ts'

/** A value as text; undefined for the unknown `?` and, through `cifItem` and `cifColumn`, the inapplicable `.`. */
export type CifValue = string | undefined

/** One data block. Names are in lower case, with `_` for the `.` of newer dictionaries. */
export interface CifBlock {
  readonly name: string
  /** Values of a name: one outside loops, one a row inside. */
  readonly columns: ReadonlyMap<string, readonly CifValue[]>
  /** Names of loops whose values do not fill the last row. */
  readonly raggedNames: ReadonlySet<string>
}

interface OpenBlock {
  readonly name: string
  readonly columns: Map<string, CifValue[]>
  readonly raggedNames: Set<string>
}

/**
 * All data blocks of a CIF, in order. Save frames (dictionaries) are passed over. A repeated name keeps its first value.
 *
 * @throws CifSyntaxError for values that belong to no name
 */
export function cifBlocks(text: string): readonly CifBlock[] {
  const reader = new BlockReader()
  for (const token of cifTokens(text)) reader.accept(token)
  return reader.finish()
}

/** The first value of a name, or of the first of several names that has one. */
export function cifItem(block: CifBlock, ...names: readonly string[]): CifValue {
  for (const name of names) {
    const value = block.columns.get(name)?.[0]
    if (value !== undefined && value !== '.') return value
  }
  return undefined
}

export function cifColumn(block: CifBlock, name: string): readonly CifValue[] | undefined {
  return block.columns.get(name)?.map((value) => (value === '.' ? undefined : value))
}

/** A column with `.` left in: some databases write a coordinate of zero so. */
export function cifColumnWithDots(block: CifBlock, name: string): readonly CifValue[] | undefined {
  return block.columns.get(name)
}

class BlockReader {
  private readonly blocks: OpenBlock[] = []
  private block: OpenBlock | undefined
  private name: string | undefined
  private loop: { names: string[]; columns: CifValue[][]; count: number } | undefined
  private inSaveFrame = false

  accept(token: CifToken): void {
    if (token.kind === 'value') this.value(token)
    else if (token.kind === 'name') this.dataName(token)
    else {
      this.closeLoop()
      this.name = undefined
      if (token.kind === 'data') this.open(token.text.slice(5))
      if (token.kind === 'loop') this.loop = { names: [], columns: [], count: 0 }
      if (token.kind === 'save') this.inSaveFrame = token.text.length > 5
    }
  }

  finish(): readonly CifBlock[] {
    this.closeLoop()
    return this.blocks
  }

  private open(name: string): OpenBlock {
    this.block = { name, columns: new Map(), raggedNames: new Set() }
    this.blocks.push(this.block)
    return this.block
  }

  private dataName(token: CifToken): void {
    const name = token.text.toLowerCase().replaceAll('.', '_')
    if (this.loop !== undefined && this.loop.count === 0) {
      this.loop.names.push(name)
      this.loop.columns.push([])
      return
    }
    this.closeLoop()
    this.name = name
  }

  private value(token: CifToken): void {
    const value = !token.quoted && token.text === '?' ? undefined : token.text
    if (this.loop !== undefined && this.loop.names.length > 0) {
      this.loop.columns[this.loop.count % this.loop.names.length]?.push(value)
      this.loop.count += 1
    } else if (this.name !== undefined) {
      this.store(this.name, [value])
      this.name = undefined
    } else if (this.block === undefined) {
      throw new CifSyntaxError(token.line, `"${token.text.slice(0, 40)}" stands before any data block; this is no CIF`)
    }
    // A value too many (an unquoted blank in a name, usually) is dropped: it never belongs to what is read here.
  }

  private closeLoop(): void {
    const { loop } = this
    this.loop = undefined
    if (loop === undefined) return
    const ragged = loop.count % Math.max(1, loop.names.length) !== 0
    loop.names.forEach((name, index) => {
      this.store(name, loop.columns[index] ?? [])
      if (ragged) this.block?.raggedNames.add(name)
    })
  }

  private store(name: string, values: CifValue[]): void {
    if (this.inSaveFrame) return
    const block = this.block ?? this.open('')
    if (!block.columns.has(name)) block.columns.set(name, values)
  }
}
