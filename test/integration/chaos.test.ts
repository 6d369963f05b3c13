import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { whyNoSlurm } from './slurm/slurm-bed.ts'

const run = promisify(execFile)
const reason = await whyNoSlurm()
if (reason !== undefined) console.warn(`skipped: ${reason}`)

/** The short form of test/soak/chaos.ts, which has 200 calculations, servers and workers too. The same blows for the same seed. */
describe.skipIf(reason !== undefined)('a screen through a real Slurm over SSH, under fire', () => {
  it('comes to the same tables: the controller stops while a job is submitted, a job is shot, the line is cut, the engine is killed', { timeout: 600_000 }, async () => {
    const { stdout } = await run('npx', ['tsx', 'test/soak/chaos.ts', '4', 'short-544', '6', 'slurm', 'embedded'])
    console.log(stdout)

    expect(stdout).toContain('stop the controller while submitting 1')
    expect(stdout).toContain('lost: 0; states: done 6')
    expect(stdout).toContain('attempts executed another number of times than they should: 0')
    expect(stdout.match(/^table .*rows that differ: 0$/gm)).toHaveLength(4)
  })
})
