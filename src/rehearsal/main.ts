import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { rehearse } from './rehearse.ts'

/** `dopant-rehearsal`: runs in the current folder, as VASP does, and sets the exit code. */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) return writeAll(1, (await import('./usage.ts')).usage)
  process.exitCode = await rehearse({
    folder: process.cwd(),
    environment: process.env,
    stdout: (text) => writeAll(1, text),
    stderr: (text) => writeAll(2, text),
    kill: (signal) => void process.kill(process.pid, signal),
    now: () => Date.now(),
    pause: (milliseconds) => sleep(milliseconds),
  })
}

// Synchronous, so that nothing is lost when the process is killed; a full pipe is waited for.
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
