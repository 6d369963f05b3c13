import { join } from 'node:path'
import type { ChaosBed } from './chaos-bed.ts'
import { comparedTables, dopantProgram, end, hasEnded, kill, lastWords, start, type Driver, type Running } from './driver.ts'
import { embeddedKinds } from './blow-plan.ts'

/** `dopant run`, begun again whenever it has ended before everything was done. */
export function embeddedDriver({ environment, folder }: ChaosBed, project: string, site: string): Driver {
  const args = [dopantProgram, 'run', join(project, 'screen.yaml'), '--site', site, '--table', ...comparedTables]
  const log = join(folder, `${site}.log`)
  const begin = (): Running => start(args, { environment, folder: project, log })
  let running: Running | undefined
  return {
    kinds: embeddedKinds,
    environment,
    async start() {
      running = begin()
    },
    async strike({ kind }) {
      if (kind !== 'kill the engine') return false
      if (running !== undefined) await kill(running)
      running = begin()
      return true
    },
    async mend() {
      if (running === undefined || !hasEnded(running) || running.child.exitCode === 0) return []
      console.error(lastWords(log))
      const how = `the engine ended with ${running.child.exitCode ?? running.child.signalCode} and was begun again`
      running = begin()
      return [how]
    },
    isOver: async () => running?.child.exitCode === 0,
    stop: async () => {
      if (running !== undefined) await end(running)
    },
  }
}
