import type { Transport } from '../../ports/transport.ts'
import type { TransportSettings } from '../../ports/transport-settings.ts'
import { lazyTransport } from './lazy-transport.ts'
import { localTransport } from './local-transport.ts'
import type { Person } from './ssh/person.ts'

/**
 * The transport that a site's settings ask for. Nothing is connected, or even loaded, before its first use.
 *
 * @param onConnected called each time a connection was opened
 */
export function openTransport(
  settings: TransportSettings,
  person: Person,
  environment: NodeJS.ProcessEnv,
  onConnected: () => void = () => undefined,
): Transport {
  if (settings.kind === 'local') return localTransport()
  const { kind: _, via, user, port, configFile, ...rest } = settings
  const options = {
    ...rest,
    environment,
    onConnected,
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
    ...(configFile === undefined ? {} : { configFile }),
  }
  return lazyTransport(settings.host, async () => {
    if (via === 'openssh') return (await import('./openssh/openssh-transport.ts')).openSshTransport(options)
    return (await import('./ssh/ssh-transport.ts')).sshTransport({ ...options, ...person })
  })
}
