import { describe, expect, it } from 'vitest'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { silenceOf } from '../../../src/adapters/transports/silence.ts'

const timing = { longestSeconds: 600, lookSeconds: 60, firstRestSeconds: 60, longestRestSeconds: 150 }

describe('a site that says nothing', () => {
  it('rests twice as long after each silence, and then one command looks while the others are refused', () => {
    let nowMs = 0
    const silence = silenceOf('cluster', timing, () => nowMs)
    const rests = (): number => {
      let seconds = 0
      for (; seconds < 1000; seconds += 1, nowMs += 1000) {
        try {
          expect(silence.patienceSeconds()).toBe(timing.lookSeconds)
          break
        } catch (error) {
          expect(error).toMatchObject({ code: 'SITE_SILENT', retryable: true })
        }
      }
      return seconds
    }
    expect(silence.patienceSeconds()).toBe(600)

    const found = [1, 2, 3, 4].map(() => {
      silence.happened(60)
      return rests()
    })

    expect(found).toEqual([60, 120, 150, 150])
    expect(() => silence.patienceSeconds()).toThrow('asked again in 60 s')
    silence.isOver()
    expect(silence.patienceSeconds()).toBe(600)
  })

  it('is told from one whose command takes its time and talks', async () => {
    const transport = localTransport(silenceOf('here', { ...timing, longestSeconds: 1, lookSeconds: 1, firstRestSeconds: 0.2 }))
    const shell = (script: string) => transport.run({ program: 'sh', args: ['-c', script] })

    expect((await shell('for i in 1 2 3 4 5 6; do echo $i; sleep 0.3; done')).stdout).toContain('6')
    await expect(shell('sleep 30')).rejects.toMatchObject({ code: 'SITE_SILENT' })
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect((await shell('echo back')).stdout).toBe('back\n')
  })
})
