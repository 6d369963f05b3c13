import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadSymmetryEngine, openBesideOwner } from '../../src/compose.ts'
import { localRunFiles } from '../../src/app/results/run-files.ts'
import type { Store } from '../../src/ports/store.ts'
import type { DashboardParts } from '../../src/web/server/dashboard-parts.ts'
import { startDashboard, type Dashboard } from '../../src/web/server/dashboard.ts'
import { newQuestions, type Questions } from '../../src/web/server/questions.ts'

/** A dashboard over a store of its own, with no engine beside it: nothing moves but what a test moves. */
export interface DashboardBed {
  readonly parts: DashboardParts
  readonly store: Store
  readonly questions: Questions
  readonly dashboard: Dashboard
  readonly said: readonly string[]
  close(): Promise<void>
}

/** The page of a project whose store is open already, without an engine. */
export function dashboardOver(opened: Omit<DashboardParts, 'projectFolder' | 'contacts' | 'files' | 'cancel' | 'engine'>, projectFolder: string): Promise<Dashboard> {
  const parts: DashboardParts = { ...opened, projectFolder, contacts: new Map(), files: localRunFiles, cancel: async () => undefined, engine: undefined }
  return startDashboard({ parts, questions: newQuestions(parts.say), host: '127.0.0.1', port: 0 })
}

/** @param folder empty, removed by whoever made it */
export async function dashboardBed(folder: string, fill: (store: Store) => Promise<void>): Promise<DashboardBed> {
  loadSymmetryEngine()
  const projectFolder = join(folder, 'bench project')
  mkdirSync(join(projectFolder, '.dopant'), { recursive: true })
  writeFileSync(join(projectFolder, 'dopant.yaml'), '')
  const said: string[] = []
  const environment = { XDG_CONFIG_HOME: join(projectFolder, 'no-configuration') }
  const { parts: opened, close } = await openBesideOwner({ projectFolder, environment, say: (line) => void said.push(line) })
  await fill(opened.store)
  const parts: DashboardParts = { ...opened, projectFolder, contacts: new Map(), files: localRunFiles, cancel: async () => undefined, engine: undefined }
  const questions = newQuestions(parts.say)
  const dashboard = await startDashboard({ parts, questions, host: '127.0.0.1', port: 0 })
  const closeAll = async (): Promise<void> => {
    await dashboard.close()
    await close()
  }
  return { parts, store: opened.store, questions, dashboard, said, close: closeAll }
}
