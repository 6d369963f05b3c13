import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** A code as the source has it. */
export interface SourceCode {
  readonly code: string
  readonly file: string
  /** Absent for a failure that is plain data. */
  readonly className: string | undefined
  readonly hasRemedy: boolean
  readonly retryable: boolean
  readonly exitCode: number
}

/** Every file of src and workers, relative to the root. */
export function sourceFiles(): readonly string[] {
  const list = (folder: string): string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return [...list('src'), ...list('workers')].filter((name) => name.endsWith('.ts')).sort()
}

/** Codes of classes and of failures that are plain data, in the order of the files. */
export function codesOf(file: string, text: string): readonly SourceCode[] {
  return [...classCodes(file, text), ...plainCodes(file, text)]
}

export function allCodes(): readonly SourceCode[] {
  return sourceFiles().flatMap((file) => codesOf(file, readFileSync(join(root, file), 'utf8')))
}

/** A class from its first line to the brace that closes it in the first column. */
const classPattern = /^(?:export )?(?:abstract )?class (\w+)[^\n]*\{\n([\s\S]*?)^\}/gm
const codePattern = /^ +(?:override )?readonly code(?:: string)? = '([^']*)'/m

function classCodes(file: string, text: string): SourceCode[] {
  return [...text.matchAll(classPattern)].flatMap(([, className, body = '']) => {
    const code = codePattern.exec(body)?.[1]
    if (code === undefined) return []
    return [{
      code, file, className,
      hasRemedy: /readonly remedy\b/.test(body),
      retryable: /readonly retryable = true/.test(body),
      exitCode: Number(/readonly exitCode(?:: [^=]*)? = (\d)/.exec(body)?.[1] ?? 2),
    }]
  }) // prettier-ignore
}

/** An object with `code: '…'` and a message or remedy beside it: what the store keeps of a failed calculation. */
function plainCodes(file: string, text: string): SourceCode[] {
  return [...text.matchAll(/\{[^{}]*?\bcode: '([A-Z][A-Z0-9_]*)'(?:[^{}]|\$\{[^{}]*\})*\}/g)]
    .filter(([object]) => /\b(message|remedy)\b/.test(object))
    .map(([object, code = '']) => ({
      code, file, className: undefined, hasRemedy: /\bremedy\b/.test(object), retryable: false, exitCode: 1,
    })) // prettier-ignore
}
