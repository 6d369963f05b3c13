import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startEngine } from '../../../src/app/engine/start-engine.ts'
import { planScreen } from '../../../src/app/plan/plan-screen.ts'
import { savePlan, type SavedPlan, type SaveOptions } from '../../../src/app/screens/save-plan.ts'
import { waitForScreen } from '../../../src/app/screens/wait-for-screen.ts'
import { openWorkspace, type Workspace } from '../../../src/compose.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { withDatabase } from '../../with-database.ts'

/** A project with the real embedded store, the real engine and the stand-in on this machine. */
export interface RehearsedProject {
  readonly folder: string
  readonly workspace: Workspace
  /** Writes the screen file and brings it into the store. */
  save(text: string, options?: SaveOptions): Promise<SavedPlan>
  /** Runs the engine until nothing of the screen moves. */
  settle(screenName: string): Promise<void>
  /** Runs the engine until a calculation has been submitted, then stops it and waits for the job's own end. */
  runUnwatched(id: string): Promise<void>
  /** How many jobs have started so far. */
  starts(): number
}

/** A second rehearsal site, `other`, with one place, beside the usual `rehearsal`. */
export async function rehearsedProject(sitesYaml?: string, more: Readonly<Record<string, string>> = {}): Promise<RehearsedProject> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'dopant.yaml'), '')
  mkdirSync(join(folder, 'dopant'))
  if (sitesYaml !== undefined) writeFileSync(join(folder, 'dopant', 'sites.yaml'), sitesYaml)
  const environment = { ...process.env, XDG_CONFIG_HOME: folder, DOPANT_REHEARSAL_GRID_ANGSTROM: '0.4', DATABASE_URL: '', REDIS_URL: '', ...more }
  withDatabase(join(folder, '.dopant'))
  const workspace = await openWorkspace({ projectFolder: folder, environment })
  const { parts } = workspace
  const save: RehearsedProject['save'] = async (text, options) => {
    const file = join(folder, 'screen.yaml')
    writeFileSync(file, text)
    const { plan, source } = await planScreen(file)
    return savePlan(parts.store, parts.clock, plan, source, options)
  }
  const settle = async (screenName: string): Promise<void> => {
    const engine = await startEngine(parts)
    await waitForScreen(parts.store, parts.clock, screenName, () => undefined)
    await engine.stop()
  }
  const runUnwatched = async (id: string): Promise<void> => {
    const engine = await startEngine(parts)
    while ((await parts.store.calculation(id))?.nativeId == null) await wait(20)
    await engine.stop()
    const { remoteFolder } = (await parts.store.calculation(id))!
    while (!existsSync(join(remoteFolder ?? '', 'dopant-end'))) await wait(50)
  }
  return { folder, workspace, runUnwatched, save, settle, starts: () => countStarts(folder) }
}

/** Every job leaves a file of its own. */
function countStarts(folder: string): number {
  const roots = ['.dopant/runs', 'other-runs'].map((name) => join(folder, name)).filter((root) => existsSync(root))
  return roots.flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' })).filter((path) => path.endsWith('dopant-starts')).length
}
