import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)

/** The short form; `npm run soak` has hundreds of runs, and test/soak/kill-everywhere.ts shoots real processes and SSH sessions. */
describe('a batch system, a link and engines that fail at any moment', () => {
  it('execute every calculation once, also when a second machine with an old store tries the same', async () => {
    const { stdout } = await run('npx', ['tsx', 'test/soak/exactly-once.ts', '12', 'short'])

    expect(stdout).toContain('attempts executed another number of times than they should: 0')
    expect(stdout).toContain('calculations executed: 1 12 (times each)')
    expect(stdout).toMatch(/shell killed [1-9]/)
  })
})
