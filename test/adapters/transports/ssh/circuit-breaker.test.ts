import { describe, expect, it } from 'vitest'
import { backoffSeconds } from '../../../../src/adapters/transports/remote/backoff.ts'
import { circuitBreaker } from '../../../../src/adapters/transports/remote/circuit-breaker.ts'
import { SiteUnreachableError } from '../../../../src/ports/transport-errors.ts'
import { AuthenticationError, HostKeyChangedError } from '../../../../src/ports/transport-login-errors.ts'

const timing = { failuresToOpen: 3, baseSeconds: 0.001, capSeconds: 60, refusedSeconds: 600 }
const away = new SiteUnreachableError('hpc', 'it does not answer')
const key = { host: 'hpc', type: 'ssh-ed25519', fingerprint: 'SHA256:x' }

function breakerAt() {
  const clock = { nowMs: 0 }
  const breaker = circuitBreaker('hpc', timing, () => clock.nowMs)
  let attempts = 0
  const trying = (error?: Error) =>
    breaker
      .connect(async () => {
        attempts++
        if (error !== undefined) throw error
        return 'in'
      })
      .catch((caught: unknown) => caught)
  return { clock, trying, attempts: () => attempts }
}

describe('the circuit breaker of a site', () => {
  it('opens after three failures and says why, without trying', async () => {
    const { trying, attempts } = breakerAt()
    for (let i = 0; i < 3; i++) await trying(away)

    const refused = await trying()

    expect(attempts()).toBe(3)
    expect(refused).toMatchObject({
      code: 'SITE_UNREACHABLE',
      retryable: true,
      message: expect.stringMatching(/does not answer \(3 attempts/),
    })
  })

  it('lets one attempt through after the pause, and closes when that one succeeds', async () => {
    const { clock, trying, attempts } = breakerAt()
    for (let i = 0; i < 3; i++) await trying(away)
    clock.nowMs = 10

    expect(await trying()).toBe('in')
    expect(await trying()).toBe('in')
    expect(attempts()).toBe(5)
  })

  it('stays shut for good after a changed host key', async () => {
    const { clock, trying, attempts } = breakerAt()
    const changed = new HostKeyChangedError(key, 'and not the known one')
    await trying(changed)
    clock.nowMs = 1e12

    expect(await trying()).toBe(changed)
    expect(attempts()).toBe(1)
  })

  it('waits ten minutes after a refused login, so that no account is locked', async () => {
    const { clock, trying } = breakerAt()
    const refused = new AuthenticationError('me@hpc', 'no')
    await trying(refused)
    clock.nowMs = 599e3
    expect(await trying()).toBe(refused)
    clock.nowMs = 600e3
    expect(await trying()).toBe('in')
  })

  it('pauses twice as long each time, up to a cap, and never less than half of it', () => {
    const longest = [1, 2, 3, 4, 20].map((failures) =>
      backoffSeconds(failures, { base: 1, cap: 60 }, () => 1),
    )
    const shortest = [1, 2, 3, 4, 20].map((failures) =>
      backoffSeconds(failures, { base: 1, cap: 60 }, () => 0),
    )

    expect(longest).toEqual([1, 2, 4, 8, 60])
    expect(shortest).toEqual([0.5, 1, 2, 4, 30])
  })
})
