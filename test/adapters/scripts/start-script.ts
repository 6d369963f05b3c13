import { spawn } from 'node:child_process'
import { join } from 'node:path'

export interface RunningScript {
  readonly pid: number
  /** Lines it has printed. */
  readonly lines: readonly string[]
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  readonly exit: Promise<number | null>
}

/** Starts a script of this folder in a process of its own; resolves when it has printed a line that begins with `ready`. */
export function startScript(
  name: string,
  args: readonly string[],
  ready: string,
  env: NodeJS.ProcessEnv = {},
): Promise<RunningScript> {
  const script = join(import.meta.dirname, name)
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const lines: string[] = []
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const exit = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code))
  })
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exit
  }
  return new Promise((resolve, reject) => {
    let rest = ''
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      lines.push(...parts)
      if (parts.some((line) => line.startsWith(ready))) resolve({ pid: child.pid ?? 0, lines, kill, exit })
    })
    void exit.then((code) => reject(new Error(`${name} ended with ${code} before it was ready: ${errors}`)))
  })
}
