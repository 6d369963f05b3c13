import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { gate } from '../remote/bounded.ts'
import type { RemoteEnd, RemoteProcess, RemoteShell } from '../remote/remote-shell.ts'
import type { ControlMaster } from './control-master.ts'

/** Login shells as sessions of the control connection: one `ssh` process each, so many at a time. */
export function openSshShell(
  host: string,
  master: ControlMaster,
  channels: number,
  environment: NodeJS.ProcessEnv,
): RemoteShell {
  const places = gate(channels)
  return {
    host,
    async open(line, signal) {
      const leave = await places.enter()
      try {
        await master.ensure(signal)
        const child = spawn('ssh', [...master.sessionArgs, line], {
          env: environment,
          stdio: ['pipe', 'pipe', 'pipe'],
        })
        const process = processOf(child, () => master.lost())
        void process.ended.then(leave)
        return process
      } catch (error) {
        leave()
        throw error
      }
    },
    close: () => master.close(),
  }
}

/** ssh ends with 255 when the link or the session failed, and with the shell's own code otherwise. */
function processOf(child: ChildProcessWithoutNullStreams, lost: () => void): RemoteProcess {
  let said = ''
  let isDone = false
  child.stderr.on('data', (text: Buffer) => {
    said = (said + text.toString('latin1')).slice(-400)
  })
  child.stderr.pause() // until its reader comes
  const ended = new Promise<RemoteEnd>((resolve) => {
    child.once('error', (error) => resolve({ reason: `ssh could not be started (${error.message})` }))
    child.once('close', (code) => {
      if (code === 255 && !isDone) lost()
      resolve(code === 255 ? failed(said) : code === null ? {} : { exitCode: code })
    })
  })
  const stop = (): void => {
    isDone = true
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy()
    child.kill()
  }
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, stop, kill: stop }
}

/** Without a master, or one with a session to spare, ssh turns to the ProxyCommand that only refuses. */
function failed(said: string): RemoteEnd {
  // A master that died between request and answer may have opened the session: then nothing is certain.
  const isCertain = !/read from master failed|broken pipe/i.test(said)
  if (isCertain && /kex_exchange_identification|port 65535/.test(said))
    return { reason: 'its control connection is gone', neverStarted: true }
  return { reason: said.trim().split('\n').at(-1)?.trim() || 'the connection was lost' }
}
