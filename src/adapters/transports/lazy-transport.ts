import type { Transport } from '../../ports/transport.ts'

/** A transport that is made, with all the code it needs, when somebody first uses it. */
export function lazyTransport(host: string, make: () => Promise<Transport>): Transport {
  let made: Promise<Transport> | undefined
  const transport = (): Promise<Transport> => (made ??= make())
  return {
    host,
    run: async (command, options) => (await transport()).run(command, options),
    upload: async (files, remoteFolder) => (await transport()).upload(files, remoteFolder),
    download: async (remotePath, into) => (await transport()).download(remotePath, into),
    close: async () => (await made)?.close(),
  }
}
