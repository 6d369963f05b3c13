import { createServer, connect, type Socket } from 'node:net'

/** A line to a server that can be cut: both ends see their connections broken, as behind a router that restarts. */
export interface CutLine {
  readonly port: number
  /** Breaks what goes through it; the next connection is let through. */
  cut(): void
  close(): void
}

export async function cutLine(serverPort: number): Promise<CutLine> {
  const open = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    open.add(socket)
    socket.on('error', () => undefined).on('close', () => open.delete(socket))
    return socket
  }
  const relay = createServer((here) => {
    const there = keep(connect(serverPort, '127.0.0.1'))
    keep(here).pipe(there).pipe(here)
    here.on('close', () => there.destroy())
    there.on('close', () => here.destroy())
  })
  await new Promise<void>((listening) => relay.listen(0, '127.0.0.1', listening))
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    port: address.port,
    cut,
    close() {
      relay.close()
      cut()
    },
  }
}
