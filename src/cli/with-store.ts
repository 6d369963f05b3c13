import { openStore, type WorkspaceOptions } from '../compose.ts'
import type { Store } from '../ports/store.ts'

/** The project's store for one question; it is closed before the answer is handed on. */
export async function withStore<T>(workspace: WorkspaceOptions, use: (store: Store) => Promise<T>): Promise<T> {
  const { store, close } = await openStore(workspace)
  try {
    return await use(store)
  } finally {
    await close()
  }
}
