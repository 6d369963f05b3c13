import { isKnownError } from '../../base/known-error.ts'
import type { SiteConnection } from '../../ports/site-connection.ts'
import type { Transport } from '../../ports/transport.ts'

/** How the way to a site is, as this process has met it. */
export interface Contact {
  /** Last answer of any kind, milliseconds since 1970. */
  readonly answeredMs: number | null
  /** What the last try met instead; null while answers come. */
  readonly trouble: string | null
  readonly remedy: string | null
}

export const noContact: Contact = { answeredMs: null, trouble: null, remedy: null }

export type Contacts = Map<string, Contact>

/** The same sites; every answer and every failure of their transports is written down. */
export function watchedSites(sites: ReadonlyMap<string, SiteConnection>, contacts: Contacts, now: () => number): ReadonlyMap<string, SiteConnection> {
  return new Map([...sites].map(([name, connection]) => [name, { ...connection, transport: watched(connection.transport, noteFor(name, contacts, now)) }]))
}

type Note = <T>(work: Promise<T>) => Promise<T>

function noteFor(name: string, contacts: Contacts, now: () => number): Note {
  return async (work) => {
    try {
      const answer = await work
      contacts.set(name, { answeredMs: now(), trouble: null, remedy: null })
      return answer
    } catch (error) {
      // A file that is not there is an answer too.
      const isAnswer = !isKnownError(error) || error.code === 'REMOTE_FILE_MISSING'
      const before = contacts.get(name) ?? noContact
      if (isAnswer) contacts.set(name, { ...before, answeredMs: now(), trouble: null, remedy: null })
      else contacts.set(name, { ...before, trouble: error.message, remedy: error.remedy })
      throw error
    }
  }
}

function watched(transport: Transport, note: Note): Transport {
  return {
    host: transport.host,
    run: (command, options) => note(transport.run(command, options)),
    upload: (files, remoteFolder) => note(transport.upload(files, remoteFolder)),
    download: (remotePath, into) => note(transport.download(remotePath, into)),
    close: () => transport.close(),
  }
}
