import type { Scheduler } from '../../ports/scheduler.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { TrafficCounts } from '../../ports/site-watch.ts'
import type { Command, Transport } from '../../ports/transport.ts'

type Count = (counts: Partial<TrafficCounts>) => void

/** The same connection; what goes through it is counted. Connections are counted by the transport that opens them. */
export function countedConnection(connection: SiteConnection, count: Count): SiteConnection {
  return { ...connection, transport: countedTransport(connection.transport, connection.scheduler, count) }
}

function countedTransport(transport: Transport, scheduler: Scheduler, count: Count): Transport {
  return {
    host: transport.host,
    run: (command, options) => {
      count({ [kindOf(scheduler, command)]: 1 })
      return transport.run(command, options)
    },
    upload: async (files, remoteFolder) => {
      await transport.upload(files, remoteFolder)
      const bytesSent = files.reduce((bytes, { content }) => bytes + Buffer.byteLength(content), 0)
      count({ filesSent: files.length, bytesSent })
    },
    download: async (remotePath, into) => {
      const received = await transport.download(remotePath, into)
      count({ filesReceived: 1, bytesReceived: received.bytes })
      return received
    },
    close: () => transport.close(),
  }
}

/** The dialects' questions are constant scripts; only their arguments differ. */
function kindOf(scheduler: Scheduler, command: Command): keyof TrafficCounts {
  const isLike = (other: Command | undefined): boolean =>
    other !== undefined && other.program === command.program && other.args[1] === command.args[1]
  if (isLike(scheduler.statusCommand()) || isLike(scheduler.findByNameCommand('name'))) return 'statusCalls'
  return isLike(scheduler.finalStateCommand(['1'])) ? 'accountingCalls' : 'otherCommands'
}
