import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/base/seeded-random.ts'
import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import type { Store } from '../../../src/ports/store.ts'
import { until } from '../../contracts/servers.ts'
import { temporaryProject, type TemporaryProject } from '../../contracts/temporary-project.ts'
import { startScript } from '../scripts/start-script.ts'

const rounds = Number(process.env['DOPANT_KILL_ROUNDS'] ?? 5)
const random = seededRandom(process.env['DOPANT_KILL_SEED'] ?? 'kill -9')

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject()
})
afterAll(() => project.remove())

describe('the embedded store under kill -9', () => {
  it(
    'loses nothing that it acknowledged, and every state is what the last event says',
    { timeout: 20_000 * rounds },
    async () => {
      let acknowledgedMoves = 0
      for (let round = 0; round < rounds; round += 1) {
        const child = await startScript('move-calculations.ts', [project.folder, String(round)], 'moved')
        await pause(100 + 900 * random())
        await child.kill()

        const storage = await openProjectStorage({ folder: project.folder, env: {} })
        acknowledgedMoves += await checkAcknowledged(storage.store, child.lines)
        await checkStates(storage.store)
        await storage.close()
      }

      console.info(`${rounds} rounds, ${acknowledgedMoves} acknowledged moves, none lost`)
      expect(acknowledgedMoves).toBeGreaterThan(0)
    },
  )

  it('opens again when it was killed while it was being made', async () => {
    const other = await temporaryProject()
    const child = startScript('move-calculations.ts', [other.folder, '0'], 'never printed')
    const failure = child.catch((error: Error) => error.message)
    await until(() => existsSync(join(other.folder, 'db.creating')), 30_000)
    await pause(300 + 700 * random())
    await killOwner(other.folder)
    expect(await failure).toMatch(/ended/)

    const storage = await openProjectStorage({ folder: other.folder, env: {} })

    expect(await storage.store.screens()).toEqual([])
    await storage.close()
    await other.remove()
  })
})

async function checkAcknowledged(store: Store, lines: readonly string[]): Promise<number> {
  const moves = lines.filter((line) => line.startsWith('moved '))
  for (const line of moves) {
    const [, id = '', revision, state] = line.split(' ')
    const events = await eventsOf(store, id)
    expect(events[Number(revision) - 1]?.to).toBe(state)
  }
  for (const line of lines.filter((each) => each.startsWith('added '))) {
    expect(await store.calculation(line.slice(6))).toBeDefined()
  }
  seen.clear()
  return moves.length
}

async function checkStates(store: Store): Promise<void> {
  for (const { id, state, revision } of await store.calculations()) {
    const events = await store.events({ calculationId: id })
    expect(events).toHaveLength(revision)
    expect(events.at(-1)?.to).toBe(state)
    expect(events.slice(1).every((event, i) => event.from === events[i]?.to)).toBe(true)
  }
}

const seen = new Map<string, ReturnType<Store['events']>>()
function eventsOf(store: Store, id: string): ReturnType<Store['events']> {
  const events = seen.get(id) ?? store.events({ calculationId: id })
  seen.set(id, events)
  return events
}

async function killOwner(folder: string): Promise<void> {
  const { pid } = JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as { pid: number }
  process.kill(pid, 'SIGKILL')
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}
