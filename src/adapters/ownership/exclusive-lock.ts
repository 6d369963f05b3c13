import { createServer } from 'node:net'
import { platform } from 'node:os'
import { lockFolder } from './lock-folder.ts'

/** Held until it is released or the process ends, however it ends. */
export interface ExclusiveLock {
  release(): Promise<void>
}

/**
 * Takes the lock of a project on this machine.
 *
 * On Linux it is an abstract socket, which the kernel frees at the very end of the process, `kill -9` included; elsewhere
 * a folder with process id and start time.
 *
 * @returns undefined when another process holds it
 */
export function exclusiveLock(folder: string, key: string): Promise<ExclusiveLock | undefined> {
  return platform() === 'linux' ? lockSocket(key) : lockFolder(folder)
}

function lockSocket(key: string): Promise<ExclusiveLock | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(`\0dopant-${key}`, () => {
      server.unref()
      resolve({ release: () => new Promise((done) => server.close(() => done())) })
    })
  })
}
