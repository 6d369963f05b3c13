import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { KnownError } from '../../base/known-error.ts'
import { dashboardApp } from './app.ts'
import { builtPage } from './build-page.ts'
import type { DashboardParts } from './dashboard-parts.ts'
import { startLiveModel } from './live-model.ts'
import { pageFiles } from './page-files.ts'
import type { Questions } from './questions.ts'
import { newSession } from './session.ts'

/** A running dashboard. */
export interface Dashboard {
  /** With the token: for the person who started it, once. */
  readonly link: string
  readonly port: number
  close(): Promise<void>
}

export class PortTakenError extends KnownError {
  readonly code = 'WEB_PORT_TAKEN'
  readonly remedy = 'Choose another port with --port, or none for any that is free.'
  constructor(port: number) {
    super(`Another program already listens on port ${port}.`)
  }
}

export interface DashboardOptions {
  readonly parts: DashboardParts
  readonly questions: Questions
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
}

/** Serves the page on this machine alone. @throws PortTakenError */
export async function startDashboard({ parts, questions, host, port: wanted }: DashboardOptions): Promise<Dashboard> {
  const files = pageFiles(await builtPage(parts.say))
  const model = await startLiveModel(parts.store, (error) => parts.say(`dashboard: ${error.message}`))
  let app: ReturnType<typeof dashboardApp> | undefined
  const server = createAdaptorServer({ fetch: (request, env) => app!.fetch(request, env) }) as Server
  try {
    await listen(server, host, wanted)
  } catch (error) {
    model.stop()
    throw error
  }
  const { port } = server.address() as AddressInfo
  const session = newSession(port)
  app = dashboardApp({ parts, model, questions, session, files })
  const close = (): Promise<void> => {
    model.stop()
    questions.stop()
    return stop(server)
  }
  return { link: `http://${host === '::1' ? '[::1]' : host}:${port}/enter?token=${session.linkToken}`, port, close }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new PortTakenError(port) : error))
    server.listen(port, host, () => resolve())
  })
}

/** Streams of news have no end of their own. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
