import { describe, expect, it } from 'vitest'
import { dopant } from './command-line.ts'

describe('dopant serve', () => {
  it('listens on this machine alone, and says how to look from elsewhere', async () => {
    const { code, stdout, stderr } = await dopant(['serve', '--host', '0.0.0.0'])

    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('SSH tunnel')
  })

  it.each(['70000', '-1', '4410.5', 'http'])('takes no port %s', async (port) => {
    expect((await dopant(['serve', `--port=${port}`])).code).toBe(2)
  })
})
