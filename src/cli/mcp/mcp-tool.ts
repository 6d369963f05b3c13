import { z } from 'zod'
import type { WorkspaceOptions } from '../../compose.ts'
import { KnownError } from '../../base/known-error.ts'
import type { Store } from '../../ports/store.ts'

/** What a tool works with. */
export interface ToolSurroundings {
  readonly workspace: WorkspaceOptions
  /** Folders below which files may be read, as real paths. */
  readonly allowedFolders: readonly string[]
  /** The project's store for as long as one answer takes. */
  readonly withStore: <T>(use: (store: Store) => Promise<T>) => Promise<T>
}

/** One tool for an assistant, as data. */
export interface McpTool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly input: z.ZodObject
  /** Does it only look? */
  readonly isReadOnly: boolean
  /** @param input checked against the schema */
  readonly answer: (input: unknown, around: ToolSurroundings) => Promise<unknown>
}

/** A tool whose answer sees its input with types. */
export function mcpTool<Input extends z.ZodObject>(
  tool: Omit<McpTool, 'input' | 'answer'> & { readonly input: Input; readonly answer: (input: z.output<Input>, around: ToolSurroundings) => Promise<unknown> },
): McpTool {
  const { input, answer } = tool
  return { ...tool, answer: (given, around) => answer(input.parse(given), around) }
}

const mostEntries = 200

/** Every list is read in parts. */
export const pageInput = {
  offset: z.number().int().min(0).default(0).describe('entries to pass over'),
  limit: z.number().int().min(1).max(mostEntries).default(50).describe('most entries of one answer'),
}

/** One part of a list, with where the next one begins. */
export function pageOf<T>(all: readonly T[], { offset, limit }: { readonly offset: number; readonly limit: number }) {
  const entries = all.slice(offset, offset + limit)
  const next = offset + entries.length
  return { total: all.length, entries, ...(next < all.length && { nextOffset: next }) }
}

const mostBytes = 200_000

export class AnswerTooLargeError extends KnownError {
  readonly code = 'ANSWER_TOO_LARGE'
  readonly remedy = 'Ask for less: a smaller limit, or single fields.'
  constructor(bytes: number) {
    super(`The answer has ${Math.round(bytes / 1000)} kB; an assistant is given ${mostBytes / 1000} at most.`)
  }
}

/** The answer as it is sent. @throws AnswerTooLargeError */
export function answerText(answer: unknown): string {
  const text = JSON.stringify(answer)
  if (text.length > mostBytes) throw new AnswerTooLargeError(text.length)
  return text
}
