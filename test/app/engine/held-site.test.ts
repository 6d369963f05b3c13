import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { direct } from '../../../src/adapters/schedulers/direct.ts'
import { collect } from '../../../src/app/engine/collect.ts'
import { SiteSettingRefusedError } from '../../../src/ports/scheduler-errors.ts'
import type { Scheduler } from '../../../src/ports/scheduler.ts'
import { mostSilentAttempts } from '../../../src/workflow/verdict.ts'
import { attemptsBelow } from '../../soak/executions.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { addReady, openEngine, relaxations } from './engine-bed.ts'

/** Knows no account so often, and takes jobs afterwards. */
function refusingAtFirst(times: number): Scheduler {
  let left = times
  return {
    ...direct,
    submitCommand: (script) => (left-- > 0 ? { program: 'sh', args: ['-c', 'echo "Invalid account" >&2; exit 1'] } : direct.submitCommand(script)),
    readNativeId: (output) => {
      if (output.stderr.includes('Invalid account')) throw new SiteSettingRefusedError('test', 'account', output.stderr)
      return direct.readNativeId(output)
    },
  }
}

describe('a submission that is refused for the settings of its site', () => {
  it('closes its attempt for good and costs none of the tries', async () => {
    const folder = temporaryFolder()
    const workFolder = join(folder, 'work')
    // A site of processes is never held, so that each call tries again.
    const bed = await openEngine({ stateFolder: join(folder, 'project'), workFolder, home: join(folder, 'home'), scheduler: refusingAtFirst(mostSilentAttempts) })
    await addReady(bed, await relaxations(1))

    for (let i = 0; i < mostSilentAttempts; i++) {
      expect(await bed.submitAll()).toEqual([])
      expect(await bed.states()).toEqual(['ready'])
    }
    expect(await bed.submitAll()).toEqual([])
    await bed.pollUntil(['ended'])
    await collect(bed.parts, 'run-0')

    // It left no OUTCAR and no word: after five runs of that kind a person is asked, and this was the first.
    const { state, attempt } = (await bed.parts.store.calculation('run-0')) ?? {}
    expect([state, attempt]).toEqual(['ready', mostSilentAttempts + 1])
    const ran = attemptsBelow(workFolder).map(({ executions }) => executions)
    expect(ran.toSorted()).toEqual([...new Array<number>(mostSilentAttempts).fill(0), 1])
    const claims = readdirSync(workFolder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('/dopant-claim'))
    expect(claims.filter((path) => readlinkSync(join(workFolder, path)) === 'revoked')).toHaveLength(mostSilentAttempts)
    await bed.close()
  })
})
