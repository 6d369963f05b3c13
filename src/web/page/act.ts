import type { ActionAnswer, ActionName } from '../api-types.ts'
import { ApiError, postJson } from './api.ts'
import { isMeant } from './components/confirmation.tsx'
import { say } from './components/notices.tsx'
import { project } from './live/project.ts'

export function canDo(name: ActionName): boolean {
  return project.value?.actions.includes(name) === true
}

export interface Warning {
  readonly title: string
  readonly words: string
  readonly yes: string
  readonly isGrave?: boolean
}

/** Does something after asking, where it costs, and says what came of it. */
export async function act(name: ActionName, body: Readonly<Record<string, unknown>>, warning?: Warning | (() => Promise<Warning>)): Promise<void> {
  try {
    const asked = typeof warning === 'function' ? await warning() : warning
    if (asked !== undefined && !(await isMeant({ isGrave: false, ...asked }))) return
    say((await postJson<ActionAnswer>(`/api/actions/${name}`, body)).words)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    say(`${error.message} ${error.remedy}`, true)
  }
}
