import { setTimeout as wait } from 'node:timers/promises'
import type { Client, ClientChannel } from 'ssh2'
import { SiteUnreachableError } from '../../../ports/transport-errors.ts'
import { gate } from '../remote/bounded.ts'
import type { RemoteEnd, RemoteProcess, RemoteShell } from '../remote/remote-shell.ts'
import type { SshLink } from './ssh-link.ts'

/** Login shells on channels of one connection, so many at a time. */
export function sshShell(host: string, link: SshLink, channels: number): RemoteShell {
  const places = gate(channels)
  let inUse = 0

  const open = async (line: string, signal?: AbortSignal): Promise<RemoteProcess> => {
    for (let attempt = 1; ; attempt++) {
      const leave = await places.enter()
      try {
        signal?.throwIfAborted()
        const channel = await execute(host, await link.client(signal), line)
        inUse++
        const process = processOf(channel.stream, channel.client)
        void process.ended.then(() => {
          inUse--
          leave()
        })
        return process
      } catch (error) {
        leave()
        if (!(error instanceof ChannelRefused) || attempt > 20) throw asUnreachable(host, error)
        // MaxSessions of the server is lower than what we hoped for: that many, then, and no more.
        places.narrow(inUse)
        await wait(25 * attempt)
      }
    }
  }
  return { host, open, close: () => link.close() }
}

/** The server takes no further channel on this connection. */
class ChannelRefused extends Error {}

function asUnreachable(host: string, error: unknown): unknown {
  return error instanceof ChannelRefused
    ? new SiteUnreachableError(host, `it opens no session (${error.message})`)
    : error
}

function execute(
  host: string,
  client: Client,
  line: string,
): Promise<{ stream: ClientChannel; client: Client }> {
  return new Promise((resolve, reject) => {
    const lost = (): void => reject(new SiteUnreachableError(host, 'the connection was lost'))
    client.once('close', lost)
    try {
      client.exec(line, (error, stream) => {
        client.off('close', lost)
        if (error === undefined) resolve({ stream, client })
        else if (/open fail/i.test(error.message)) reject(new ChannelRefused(error.message))
        else reject(new SiteUnreachableError(host, error.message, { cause: error }))
      })
    } catch {
      lost() // it closed between two turns
    }
  })
}

function processOf(stream: ClientChannel, client: Client): RemoteProcess {
  let exitCode: number | undefined
  let settle: (end: RemoteEnd) => void = () => undefined
  const ended = new Promise<RemoteEnd>((resolve) => {
    settle = resolve
  })
  const lost = (): void => {
    settle({ reason: 'the connection was lost while a command was running' })
    stream.emit('close')
  }
  client.once('close', lost)
  stream.on('exit', (code: number | null) => {
    exitCode = code ?? undefined
  })
  stream.once('close', () => {
    client.off('close', lost)
    settle(exitCode === undefined ? {} : { exitCode })
  })
  const stop = (): void => {
    stream.close()
    // Unread output would keep the channel, and with it a place, open for ever. A pipe that ends later would pause it again.
    stream.unpipe().resume()
    stream.stderr.unpipe().resume()
    setTimeout(() => settle({}), 5000).unref()
  }
  const kill = (): void => {
    if (exitCode === undefined) stream.signal('KILL')
    stop()
  }
  return { stdin: stream, stdout: stream, stderr: stream.stderr, ended, stop, kill }
}
