import type { Queue } from '../../ports/queue.ts'

/** A queue that is opened at its first use: commands that only read the store do not pay for it. */
export function lazyQueue(open: () => Promise<Queue>): Queue {
  let opening: Promise<Queue> | undefined
  const queue = (): Promise<Queue> => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }
  return {
    add: async (task, options) => (await queue()).add(task, options),
    addMany: async (tasks, options) => (await queue()).addMany(tasks, options),
    consume: async (type, handle, options) => (await queue()).consume(type, handle, options),
    clear: async () => (await queue()).clear(),
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}
