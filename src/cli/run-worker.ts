import { askForReconcile } from '../app/engine/ask-for-reconcile.ts'
import { startStage, type EngineStage } from '../app/engine/start-engine.ts'
import { openWorkspace, projectFolderOf } from '../compose.ts'
import { processIo } from './process-io.ts'
import type { CommandIo, ExitCode } from './command.ts'
import { reportError } from './report-error.ts'

/**
 * One kind of the engine's work in a process of its own, until it is told to stop.
 *
 * Several processes need a store that several may open: without DATABASE_URL this ends with 2.
 */
export async function runWorker(stage: EngineStage, io: CommandIo = processIo()): Promise<ExitCode> {
  if ((io.environment['DATABASE_URL'] ?? '') === '') {
    io.stderr.write('A worker needs DATABASE_URL: the embedded store belongs to one process.\n')
    io.stderr.write('  Set it to a PostgreSQL server, or use `dopant run`, which does all of the work itself.\n')
    return 2
  }
  try {
    const say = (line: string) => void io.stderr.write(`${line}\n`)
    const workspace = await openWorkspace({ projectFolder: projectFolderOf(io.cwd), environment: io.environment, say })
    const engine = await startStage(workspace.parts, stage)
    // What was lost while nobody was there, as with a queue that was wiped.
    await askForReconcile(workspace.parts)
    say(`${stage} worker is ready`)
    await new Promise<void>((done) => io.signal.addEventListener('abort', () => done(), { once: true }))
    await engine.stop()
    await workspace.close()
    return 0
  } catch (error) {
    return reportError(error, io)
  }
}
