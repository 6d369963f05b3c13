import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allCodes, codesOf, root, sourceFiles, type SourceCode } from './source-codes.ts'

const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const codes = allCodes()
const entries = page.split(/^### /m).slice(1).map(entryOf)

describe('docs/errors.md', () => {
  it('has one heading for every code in the source', () => {
    const described = entries.map(({ code }) => code)

    expect(unique(codes.map(({ code }) => code)).filter((code) => !described.includes(code))).toEqual([])
  })

  it('has no heading without a code in the source, and none twice', () => {
    const known = new Set(codes.map(({ code }) => code))
    const described = entries.map(({ code }) => code)

    expect(described.filter((code) => !known.has(code))).toEqual([])
    expect(described.filter((code, i) => described.indexOf(code) !== i)).toEqual([])
  })

  it('names the class of every code', () => {
    const wrong = differences((entry, { className }) => entry.className !== className)

    expect(wrong).toEqual([])
  })

  it('gives the exit code that the command line ends with', () => {
    expect(differences((entry, { exitCode }) => entry.exitCode !== exitCode)).toEqual([])
  })

  it('says which calls may succeed later unchanged', () => {
    expect(differences((entry, { retryable }) => entry.retryable !== retryable)).toEqual([])
  })

  it('says for every code what happened and what to do', () => {
    expect(entries.filter(({ cause, remedy }) => cause.length < 20 || remedy.length < 15)).toEqual([])
  })

  it('quotes no command of dopant that does not exist', () => {
    const names = [
      ...readFileSync(join(root, 'src/cli/command-list.ts'), 'utf8').matchAll(/name: '([\w-]+)'/g),
    ].map(([, name]) => name)
    const quoted = [...page.matchAll(/`dopant ([a-z]+(?:-[a-z]+)*)/g)].map(([, name]) => name)

    expect(quoted.filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('the codes of foreseen problems', () => {
  it('belong to one class each', () => {
    const owners = unique(codes.map(({ code, className, file }) => `${code} ${className ?? file}`))
    const used = owners.map((owner) => owner.split(' ')[0])

    expect(owners.filter((_, i) => used.indexOf(used[i]) !== i)).toEqual([])
  })

  it('are words in upper case', () => {
    expect(codes.filter(({ code }) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code))).toEqual([])
  })

  it('come with a remedy', () => {
    expect(codes.filter(({ hasRemedy }) => !hasRemedy)).toEqual([])
  })

  it('are found wherever the source writes one', () => {
    const written = sourceFiles().flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return [...text.matchAll(/readonly code(?:: string)? = '([^']*)'/g)].map(
        ([, code = '']) => `${file} ${code}`,
      )
    })

    expect(
      codes
        .filter(({ className }) => className !== undefined)
        .map(({ file, code }) => `${file} ${code}`)
        .sort(),
    ).toEqual(written.sort())
  })

  it('include failures that are plain data, which the store keeps with a calculation', () => {
    const plain = codes.filter(({ className }) => className === undefined).map(({ code }) => code)

    expect(plain).toEqual(expect.arrayContaining(['ELECTRONIC_UNCONVERGED', 'ATTEMPTS_USED_UP', 'INTERNAL']))
  })

  it('are read from text as a reader would read it', () => {
    const text = [
      'export class DoorShutError extends KnownError {',
      "  readonly code = 'DOOR_SHUT'",
      "  readonly remedy = 'Knock.'",
      '  override readonly retryable = true',
      '  override readonly exitCode = 3',
      '}',
      "const failure = { kind: 'fail', code: 'ROOF_GONE', message: `${rain} inside`, remedy: 'Build it.' }",
      "const system = { code: 'ENOENT' }",
    ].join('\n')

    expect(codesOf('a.ts', text)).toEqual([
      {
        code: 'DOOR_SHUT',
        file: 'a.ts',
        className: 'DoorShutError',
        hasRemedy: true,
        retryable: true,
        exitCode: 3,
      },
      {
        code: 'ROOF_GONE',
        file: 'a.ts',
        className: undefined,
        hasRemedy: true,
        retryable: false,
        exitCode: 1,
      },
    ])
  })
})

interface Entry {
  readonly code: string
  readonly className: string | undefined
  readonly exitCode: number | undefined
  readonly retryable: boolean
  readonly cause: string
  readonly remedy: string
}

function entryOf(text: string): Entry {
  const exit = /exit code (\d)/.exec(text)?.[1]
  return {
    code: text.split('\n')[0]?.trim() ?? '',
    className: /^`(\w+)`/m.exec(text)?.[1],
    exitCode: exit === undefined ? undefined : Number(exit),
    retryable: /^[^\n]*· may succeed later$/m.test(text),
    cause: /^\*\*Cause\.\*\* (.*)$/m.exec(text)?.[1] ?? '',
    remedy: /^\*\*Do\.\*\* (.*)$/m.exec(text)?.[1] ?? '',
  }
}

function differences(differs: (entry: Entry, source: SourceCode) => boolean): readonly string[] {
  return entries.flatMap((entry) => {
    const source = codes.find(({ code }) => code === entry.code)
    return source !== undefined && differs(entry, source) ? [`${entry.code} in ${source.file}`] : []
  })
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)]
}
