import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const examples = readdirSync('examples').filter((name) => name.endsWith('.ts'))

/** What each example has to print, from the domain and not from our own output. */
const expected: Readonly<Record<string, RegExp>> = {
  '01-slab-from-bulk.ts': /36 atoms, 11\.58 Å thick/,
  '02-dopant-series.ts': /CN 4: .*Al.*balance -1 e/,
  '03-plan-without-a-cluster.ts': /B-on-Mn\/relax: optB86b-vdW\+U, 3×3×1/,
  '04-read-an-outcar.ts': /rehearsal, (finished|ionic-unconverged)/,
  '05-export-a-table.ts': /pristine,1\.912/,
}

describe('the examples', () => {
  it('are all expected to say something', () => {
    expect(Object.keys(expected)).toEqual(examples)
  })

  it.each(examples)('%s runs as it stands', async (name) => {
    const { stdout } = await run('npx', ['tsx', `examples/${name}`])

    expect(stdout).toMatch(expected[name] ?? /./)
  })
})
