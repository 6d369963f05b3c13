import { spawn, spawnSync } from 'node:child_process'
import type { RemoteEnd, RemoteShell } from '../../../../src/adapters/transports/remote/remote-shell.ts'

/** A login shell of this machine in the place of one behind a connection: `fish -c LINE`, as sshd would call it. */
export function loginShellHere(program: string, environment: NodeJS.ProcessEnv = process.env): RemoteShell {
  return {
    host: `${program} here`,
    async open(line) {
      const child = spawn(program, ['-c', line], { stdio: ['pipe', 'pipe', 'pipe'], env: environment })
      const ended = new Promise<RemoteEnd>((resolve) => {
        child.once('error', (error) => resolve({ reason: error.message }))
        child.once('close', (code) => resolve(code === null ? {} : { exitCode: code }))
      })
      const stop = (): void => {
        child.kill()
        for (const stream of child.stdio.slice(0, 3)) stream?.destroy()
      }
      return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, stop, kill: stop }
    },
    close: async () => {},
  }
}

export function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`]).status === 0
}
