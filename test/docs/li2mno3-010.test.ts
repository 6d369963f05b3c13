import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { impliedCoordination, paperBondLengths } from '../../src/analysis/paper-reference-data.ts'
import { root } from './source-codes.ts'

const run = promisify(execFile)
const page = readFileSync(join(root, 'docs/li2mno3-010.md'), 'utf8')

describe('docs/li2mno3-010.md', () => {
  it('quotes the plan as the command prints it', async () => {
    const { stdout } = await run(
      process.execPath,
      ['bin/dopant.js', 'plan', 'examples/li2mno3-010/screen.yaml'],
      { cwd: root },
    )
    const printed = stdout.split('\n').map((line) => line.trimEnd())
    const quoted = [...page.matchAll(/```text\n([\s\S]*?)\n```/g)].flatMap(([, block = '']) =>
      block.split('\n'),
    )

    expect(quoted.length).toBeGreaterThan(25)
    expect(quoted.filter((line) => line !== '…' && !printed.includes(line.trimEnd()))).toEqual([])
  })

  it('gives the coordination that each length of the paper implies, as the tables do', () => {
    const rows = paperBondLengths.map((entry) => {
      const row = `| ${entry.element}–O | ${entry.meanAngstrom.toFixed(2)} Å | ${impliedCoordination(entry).toFixed(1)} |`
      return { row, isThere: page.includes(row) }
    })

    expect(rows.filter(({ isThere }) => !isThere)).toEqual([])
  })
})
