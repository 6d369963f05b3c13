import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'
import { calculationStates, canMove } from '../../../src/workflow/calculation-state.ts'
import { seededRandom } from '../../../src/base/seeded-random.ts'
import { mgoPlan } from '../../contracts/store-fixtures.ts'

/** Adds calculations and moves them about as fast as it can, and prints a line after each acknowledgement. */
const [folder = '', round = ''] = process.argv.slice(2)
const random = seededRandom(`moves ${round}`)
const { store } = await openProjectStorage({ folder, env: {} })
console.log('open')
const walk = async (id: string): Promise<void> => {
  for (;;) {
    const now = await store.calculation(id)
    if (now === undefined) throw new Error(`${id} is gone`)
    const moves = calculationStates.filter((to) => canMove(now.state, to))
    const to = moves[Math.floor(random() * moves.length)] ?? 'ready'
    const moved = await store.transition(now, to, { actor: 'walk', reason: `round ${round}` })
    console.log(`moved ${id} ${moved.revision} ${moved.state}`)
  }
}
const ids = await store.addCalculations(
  'walk',
  'local',
  Array.from({ length: 4 }, (_, i) => mgoPlan('walk', `r${round}c${i}`)),
)
for (const id of ids) console.log(`added ${id}`)
await Promise.all((await store.calculations({ screenName: 'walk' })).map(({ id }) => walk(id)))
