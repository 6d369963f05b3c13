import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../temporary-folder.ts'
import { dopant } from '../command-line.ts'

describe('words that cannot be meant are refused before any store is opened', () => {
  const cwd = temporaryFolder()

  it.each([
    [['results', 's', '--format', 'parqet'], "did you mean 'parquet'?"],
    [['results', 's', '--format', 'xlsx', '--no-save'], 'Leave out --no-save'],
    [['export', 's', '--format', 'extxzy'], 'Did you mean extxyz?'],
    [['export', 's'], 'Use extxyz, cif, archive, nomad.'],
    [['report', 's', '--dpi', 'many'], 'Give a number.'],
  ])('%s', async (words, advice) => {
    const { code, stdout, stderr } = await dopant(words, { cwd })

    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(advice)
  })
})

describe('a folder that is no project', () => {
  it.each([['results'], ['report'], ['export', '--format', 'cif']])('%s says so', async (command, ...options) => {
    const { code, stderr } = await dopant([command, 's', ...options], { cwd: temporaryFolder() })

    expect(code).toBe(2)
    expect(stderr).toMatch(/project/i)
  })
})
