import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { sshdProgram } from './sshd/sshd.ts'

const run = promisify(execFile)

const hasNoServer = sshdProgram() === undefined

/** The short forms, about 40 s together; `npm run soak` has hundreds of runs. */
describe('a batch system, a link and engines that fail at any moment', () => {
  it('execute every calculation once, also when a second machine with an old store tries the same', async () => {
    const { stdout } = await run('npx', ['tsx', 'test/soak/exactly-once.ts', '12', 'short'])

    expect(stdout).toContain('attempts executed another number of times than they should: 0')
    expect(stdout).toContain('calculations executed: 1 12 (times each)')
    expect(stdout).toMatch(/shell killed [1-9]/)
  })

  it.skipIf(hasNoServer)('execute every attempt once when real processes and SSH sessions are shot, an old store is restored and a second laptop tries', async () => {
    const { stdout } = await run('npx', ['tsx', 'test/soak/kill-everywhere.ts', '1', 'short', 'fake', '3'])

    expect(stdout).toContain('attempts executed another number of times than they should: 0')
    expect(stdout).toMatch(/shots: .*(client|connection|shell)/)
    expect(stdout).toContain('a second machine took over, and was killed 1')
    expect(stdout).toContain('an old store was restored')
  })
})
