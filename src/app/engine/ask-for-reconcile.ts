import type { EngineParts } from './engine-parts.ts'

/** Everything pending is rebuilt from the store, as soon as somebody has time for it. */
export async function askForReconcile({ queue, say }: Pick<EngineParts, 'queue' | 'say'>): Promise<void> {
  await queue.add({ type: 'reconcile', subject: 'all' }).catch((error: Error) => say(error.message))
}
