import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isKnownError } from '../base/known-error.ts'
import { errorBox } from './output/box.ts'
import { RunCutOff } from './faults/strike.ts'
import { InputRefusedError } from './input/input-refused.ts'
import { run } from './run.ts'

/** `dopant-rehearsal`: runs in the current folder, as VASP does, and sets the exit code. */
export async function main(): Promise<void> {
  try {
    await run({
      folder: process.cwd(),
      environment: process.env,
      stdout: (text) => writeAll(1, text),
      stderr: (text) => writeAll(2, text),
      kill: (signal) => void process.kill(process.pid, signal),
      now: () => Date.now(),
      pause: (milliseconds) => sleep(milliseconds),
    })
  } catch (error) {
    process.exitCode = failed(error)
  }
}

function failed(error: unknown): number {
  if (error instanceof RunCutOff) return error.exitCode
  if (!isKnownError(error)) throw error
  const paragraphs = error instanceof InputRefusedError ? error.box : [error.message, error.remedy]
  writeAll(1, errorBox(paragraphs))
  return 1
}

// Synchronous, so that nothing is lost when the process is killed; a full pipe is waited for.
function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(file, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
