import type { CommandIo } from './command.ts'

/** This process: its streams, its folder, and Ctrl-C. */
export function processIo(): CommandIo {
  const interrupt = new AbortController()
  // `dopant status | head` closes the pipe early: the reader has what it wanted.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  process.once('SIGINT', () => interrupt.abort())
  process.once('SIGTERM', () => interrupt.abort())
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    isTerminal: process.stderr.isTTY,
    cwd: process.cwd(),
    environment: process.env,
    stdin: process.stdin,
    signal: interrupt.signal,
  }
}
