import { openProjectStorage } from '../../../src/adapters/stores/open-storage.ts'

/** Uses store and queue, closes them, and leaves it to Node to end the process. */
const storage = await openProjectStorage({ folder: process.argv[2] ?? '' })
const done = new Promise<void>((resolve) => {
  void storage.queue.consume('collect', async () => resolve())
})
await storage.queue.consume('submit', async () => {})
await storage.queue.add({ type: 'collect', subject: 'a' })
await storage.queue.add({ type: 'submit', subject: 'later' }, { delaySeconds: 3600 })
await done
await storage.close()
console.log(`closed ${Date.now()}`)
process.on('exit', () => console.log(`ended ${Date.now()}`))
