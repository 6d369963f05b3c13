import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/adapters/clock/system-clock.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import type { EngineParts } from '../../../src/app/engine/engine-parts.ts'
import { startEngine } from '../../../src/app/engine/start-engine.ts'
import { planScreen } from '../../../src/app/plan/plan-screen.ts'
import { savePlan } from '../../../src/app/screens/save-plan.ts'
import { until } from '../../contracts/servers.ts'
import { chaosScreen } from '../../soak/chaos/chaos-bed.ts'
import { rehearsedProject } from './rehearsed-project.ts'

describe('a site on which no command ever ends', () => {
  it('holds up no other site, and not the end of the engine', async () => {
    const { folder, workspace } = await rehearsedProject()
    const parts = withHungSite(workspace.parts)
    for (const [site, name] of [['hung', 'waits'], ['rehearsal', 'goes-on']] as const) {
      const file = join(folder, `${name}.yaml`)
      writeFileSync(file, chaosScreen(2).replace('name: chaos', `name: ${name}`))
      const { plan, source } = await planScreen(file, site)
      await savePlan(parts.store, parts.clock, plan, source)
    }

    const engine = await startEngine(parts)
    await until(async () => (await parts.store.count({ screenName: 'goes-on', states: ['done'] })) === 4, 240_000)
    await engine.stop()

    const waiting = await parts.store.summaries({ screenName: 'waits' })
    expect(waiting.map(({ state, failure }) => [state, failure])).toEqual([['ready', null], ['planned', null], ['ready', null], ['planned', null]])
    await workspace.close()
  })
})

/** A second site like the first one, and a clock that sleeps a twentieth of the time. */
function withHungSite(parts: EngineParts): EngineParts {
  const connection = parts.sites.get('rehearsal')
  if (connection === undefined) throw new Error('there is no rehearsal site')
  const never = (): Promise<never> => new Promise(() => undefined)
  const transport = { ...localTransport(), run: never, upload: never, download: never }
  const hung = { ...connection, site: { ...connection.site, name: 'hung', isProjectsOwn: false }, transport }
  const clock = { ...systemClock, sleep: (milliseconds: number, signal?: AbortSignal) => systemClock.sleep(milliseconds / 20, signal) }
  return { ...parts, clock, sites: new Map([...parts.sites, ['hung', hung]]) }
}
