import { join } from 'node:path'
import { systemClock } from './adapters/clock/system-clock.ts'
import { packageFolder, packageVersion } from './adapters/config/package-folder.ts'
import { loadNotifiers } from './adapters/config/notifications.ts'
import { existingStateFolder, hasStateFolder, makeStateFolder, projectFolderOf } from './adapters/config/project.ts'
import { stateFolderOf } from './adapters/config/state-paths.ts'
import { loadSites } from './adapters/config/sites.ts'
import { afterShortOwners } from './adapters/ownership/after-short-owners.ts'
import { callOwner } from './adapters/ownership/call-owner.ts'
import { OwnerGoneError, ProjectOwnedError } from './adapters/ownership/ownership-errors.ts'
import { ownerStore, storeHandlers } from './adapters/ownership/owner-store.ts'
import { projectKey } from './adapters/ownership/project-key.ts'
import { serveOwner } from './adapters/ownership/serve-owner.ts'
import { schedulers } from './adapters/schedulers/schedulers.ts'
import { folderObjects } from './adapters/objects/folder-objects.ts'
import { folderStock } from './adapters/objects/folder-stock.ts'
import { openProjectStorage, type ProjectStorage } from './adapters/stores/open-storage.ts'
import { loadSymmetryEngine } from './adapters/symmetry/moyo-from-package.ts'
import { handlebarsTemplates } from './adapters/templates/handlebars-templates.ts'
import { openTransport } from './adapters/transports/open-transport.ts'
import type { Person } from './adapters/transports/ssh/person.ts'
import { terminalPerson } from './adapters/transports/ssh/terminal-person.ts'
import { askForReconcile } from './app/engine/ask-for-reconcile.ts'
import { cancel } from './app/engine/cancel.ts'
import { SiteUnknownError, type EngineParts } from './app/engine/engine-parts.ts'
import { sitesInUse, takeOver } from './app/engine/take-over.ts'
import { cleanScreen, type CleanWish } from './app/engine/tidy.ts'
import { countedConnection } from './app/traffic/counted-connection.ts'
import { bringScreen, type BroughtScreen, type ScreenWish } from './app/screens/bring-screen.ts'
import type { RunFiles } from './app/results/run-files.ts'
import { keptPlanes, type DensityPlanes } from './app/results/density-planes.ts'
import { siteRunFiles } from './app/results/site-run-files.ts'
import { keepLedger, trafficLedger, type TrafficLedger } from './app/traffic/traffic-ledger.ts'
import type { Site } from './ports/site.ts'
import type { TrafficCounts } from './ports/site-watch.ts'
import type { SiteConnection } from './ports/site-connection.ts'
import type { Objects, ObjectStock } from './ports/objects.ts'
import type { Store } from './ports/store.ts'
import type { Templates } from './ports/templates.ts'

export { loadSymmetryEngine, packageVersion, projectFolderOf }

/** What a command works with: a project folder and the environment it was called in. */
export interface WorkspaceOptions {
  readonly projectFolder: string
  readonly environment: NodeJS.ProcessEnv
  readonly say?: (line: string) => void
  /** The user vouches that the owner on another machine is gone. */
  readonly takeOver?: boolean
  /** Who answers when a site asks for a password or shows an unknown host key; by default whoever is at the terminal. */
  readonly person?: Person
}

export interface Workspace {
  readonly parts: EngineParts
  close(): Promise<void>
}

/** An engine goes on with its other sites while one of them waits for an answer. */
const patienceSeconds = 5

/** Becomes the project's owner, with everything that an engine needs. @throws ProjectOwnedError when another runs */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { projectFolder, environment, say = () => undefined, person = terminalPerson() } = options
  loadSymmetryEngine()
  const ledger = trafficLedger(systemClock)
  const sites = connectSites(loadSites(projectFolder, environment), { patienceSeconds, ...person }, environment, ledger)
  const folder = await makeStateFolder(projectFolder, { environment, say })
  const onTrouble = (error: Error): void => say(error.message)
  const onQueueBack = (): void => void askForReconcile({ queue: storage.queue, say })
  const open = () => openProjectStorage({ folder, env: environment, takeOver: options.takeOver === true, onTrouble, onQueueBack })
  const storage = await afterShortOwners(await projectKey(folder), open)
  // The embedded engine has the queue to itself: what is in it is a leftover, and the store rebuilds it.
  if (storage.kind === 'embedded') await storage.queue.clear()
  const parts: EngineParts = {
    projectId: storage.identity,
    tenures: storage.tenures,
    store: storage.store,
    queue: storage.queue,
    clock: systemClock,
    templates: templatesOf(projectFolder),
    sites,
    say,
    notifiers: loadNotifiers(projectFolder, environment),
    provenance: { objects: folderObjects(join(folder, 'objects')), dopantVersion: packageVersion() },
  }
  const handlers = { ...storeHandlers(storage.store), ping: async () => process.pid, 'take-over': takeOverOf(parts), reconcile: reconcileSoon(parts), 'bring-screen': bringSoon(parts), cancel: cancelOf(parts), clean: (wish: unknown) => cleanScreen(parts, wish as CleanWish) }
  const service = storage.ownerKey === undefined ? undefined : await serveOwner(storage.ownerKey, handlers)
  const saveLedger = keepLedger(ledger, storage.store)
  const close = async (): Promise<void> => {
    await service?.close()
    await Promise.all([...sites.values()].map(({ transport }) => transport.close()))
    await saveLedger()
    await storage.close()
  }
  return { parts, close }
}

/** What another process wrote into the store is taken up at once; answers true. */
function reconcileSoon({ queue, clock }: EngineParts) {
  return async () => {
    await queue.add({ type: 'reconcile', subject: 'all' }, { key: `reconcile-${clock.now().getTime()}` })
    return true
  }
}

/** A screen that another process read and asked about. */
function bringSoon(parts: EngineParts) {
  return async (wish: unknown) => {
    const brought = await bringScreen(parts, wish as ScreenWish)
    await reconcileSoon(parts)()
    return brought
  }
}

/** Targets alone are a person's wish; who else asks says so. */
function cancelOf(parts: EngineParts) {
  return async (params: unknown) => {
    if (Array.isArray(params)) return cancel(parts, params as readonly string[])
    const { targets, actor } = params as { readonly targets: readonly string[]; readonly actor: string }
    return cancel(parts, targets, actor)
  }
}

function takeOverOf(parts: EngineParts) {
  return async (params: unknown) => {
    const { site } = params as { readonly site?: string }
    return takeOver(parts, site === undefined ? await sitesInUse(parts) : [site])
  }
}

/** The project's store for a look or a word: through its owner when one runs, else opened for this command. @throws NoProjectError */
export async function openStore(
  options: WorkspaceOptions,
): Promise<{ store: Store; close(): Promise<void> }> {
  const folder = stateFolderFor(options)
  if (isOnServer(options.environment)) return openProjectStorage({ folder, env: options.environment })
  const key = await projectKey(folder)
  const throughOwner = { store: ownerStore(key), close: async () => {} }
  if ((await callOwner(key, 'ping')) !== undefined) return throughOwner
  try {
    const { store, close } = await afterShortOwners(key, () => openProjectStorage({ folder, env: options.environment }))
    return { store, close }
  } catch (error) {
    // It was about to start, and answers now.
    if (error instanceof ProjectOwnedError && (await callOwner(key, 'ping')) !== undefined) return throughOwner
    throw error
  }
}

/** A server's store has no folder that it belongs to: any machine asks it from anywhere. */
function isOnServer(environment: NodeJS.ProcessEnv): boolean {
  return (environment['DATABASE_URL'] ?? '') !== ''
}

/** Where the project keeps what is its own. @throws NoProjectError where nothing can have run yet */
function stateFolderFor({ projectFolder, environment }: WorkspaceOptions): string {
  const isFree = isOnServer(environment) && !hasStateFolder(projectFolder)
  return isFree ? stateFolderOf(projectFolder) : existingStateFolder(projectFolder)
}

/** Was anything ever run or imported in this project? On a server the store alone knows. */
export function existsProject({ projectFolder, environment }: WorkspaceOptions): boolean {
  return isOnServer(environment) || hasStateFolder(projectFolder)
}

/** Makes the project's own folder where there is none yet. */
export async function makeProject({ projectFolder, environment, say = () => undefined }: WorkspaceOptions): Promise<void> {
  await makeStateFolder(projectFolder, { environment, say })
}

/** The store as a file; only while no engine has the project's embedded database. @throws ProjectOwnedError */
export async function openBackup(options: WorkspaceOptions): Promise<{ backup: ProjectStorage['backup']; close(): Promise<void> }> {
  const { projectFolder, environment, say = () => undefined } = options
  const folder = await makeStateFolder(projectFolder, { environment, say })
  const { backup, close } = await openProjectStorage({ folder, env: environment })
  return { backup, close }
}

/** Copies of inputs and outputs that the project keeps. @throws NoProjectError */
export function openObjects(options: WorkspaceOptions): Objects {
  return folderObjects(join(stateFolderFor(options), 'objects'))
}

/** The same copies, for clearing up. @throws NoProjectError */
export function openObjectStock(options: WorkspaceOptions): ObjectStock {
  return folderStock(join(stateFolderFor(options), 'objects'))
}

/** Asks the engine that owns the project on this machine; undefined when none runs. */
export async function askOwner<T>({ projectFolder, environment }: WorkspaceOptions, method: string, params: unknown): Promise<T | undefined> {
  if (isOnServer(environment)) return undefined
  const key = await projectKey(existingStateFolder(projectFolder))
  return (await callOwner(key, method, params))?.result as T | undefined
}

/** The process of this machine that has the project, and may be given screens. */
export interface RunningOwner {
  readonly pid: number
  readonly store: Store
  bring(wish: ScreenWish): Promise<BroughtScreen>
}

/** undefined when no process has the project, or when its store is on a server and everybody has it. */
export async function runningOwner(options: WorkspaceOptions): Promise<RunningOwner | undefined> {
  if (isOnServer(options.environment) || !existsProject(options)) return undefined
  const key = await projectKey(existingStateFolder(options.projectFolder))
  const pid = (await callOwner(key, 'ping'))?.result
  if (typeof pid !== 'number') return undefined
  const bring = async (wish: ScreenWish): Promise<BroughtScreen> => {
    const answer = await callOwner(key, 'bring-screen', wish)
    if (answer === undefined) throw new OwnerGoneError('it has just ended')
    return answer.result as BroughtScreen
  }
  return { pid, store: ownerStore(key), bring }
}

/** Everything for looking and for words to the store, beside an engine that runs elsewhere. @throws NoProjectError */
export async function openBesideOwner(options: WorkspaceOptions): Promise<{ parts: Omit<EngineParts, 'projectId' | 'tenures' | 'queue'>; close(): Promise<void> }> {
  const { projectFolder, environment, say = () => undefined, person = terminalPerson() } = options
  const { store, close } = await openStore(options)
  const ledger = trafficLedger(systemClock)
  const sites = connectSites(loadSites(projectFolder, environment), person, environment, ledger)
  const saveLedger = keepLedger(ledger, store)
  const parts = { store, clock: systemClock, templates: templatesOf(projectFolder), sites, say }
  const closeAll = async (): Promise<void> => {
    await Promise.all([...sites.values()].map(({ transport }) => transport.close()))
    await saveLedger()
    await close()
  }
  return { parts, close: closeAll }
}

/** Files of runs wherever they lie; copies of remote ones are kept in the project. @throws NoProjectError */
export function runFilesOf(options: WorkspaceOptions, sites: ReadonlyMap<string, SiteConnection>): RunFiles {
  const { say = () => undefined } = options
  return siteRunFiles({ sites, cacheFolder: join(stateFolderFor(options), 'cache', 'runs'), say })
}

/** Planes of densities: kept in the project, else taken where the grids lie. @throws NoProjectError */
export function densityPlanesOf(workspace: WorkspaceOptions, sites: ReadonlyMap<string, SiteConnection>): DensityPlanes {
  const { projectFolder, say = () => undefined } = workspace
  return keptPlanes({ sites, files: runFilesOf(workspace, sites), folder: join(existingStateFolder(projectFolder), 'planes'), say })
}

/** One site by name, without a project's store; nothing is connected before its first use. @throws SiteUnknownError */
export function openSite(name: string, options: WorkspaceOptions): SiteConnection {
  const { projectFolder, environment, person = terminalPerson() } = options
  const sites = loadSites(projectFolder, environment)
  const site = sites.get(name)
  if (site === undefined) throw new SiteUnknownError(name, [...sites.keys()])
  return connectSite(site, person, environment)
}

/** The project's own templates go first, so that a user may change any of them. */
export function templatesOf(projectFolder: string): Templates {
  return handlebarsTemplates({
    folders: [join(projectFolder, 'templates'), join(packageFolder(), 'templates')],
  })
}

/** Every site that the user has, with nothing that reaches it. */
export function sitesOf({ projectFolder, environment }: WorkspaceOptions): ReadonlyMap<string, Site> {
  return loadSites(projectFolder, environment)
}

/** What a site's results are called before there are any; a site that is gone ran VASP. */
export function methodOfSite(options: WorkspaceOptions): (site: string) => Site['method'] {
  const sites = loadSites(options.projectFolder, options.environment)
  return (site) => sites.get(site)?.method ?? 'dft'
}

/** Nothing is connected yet: a transport connects when it is first used. */
function connectSites(
  sites: ReadonlyMap<string, Site>,
  person: Person,
  environment: NodeJS.ProcessEnv,
  ledger: TrafficLedger,
): ReadonlyMap<string, SiteConnection> {
  const connected = ([name, site]: readonly [string, Site]): readonly [string, SiteConnection] => {
    const count = (counts: Partial<TrafficCounts>): void => ledger.count(name, counts)
    return [name, countedConnection(connectSite(site, person, environment, () => count({ connections: 1 })), count)]
  }
  return new Map([...sites].map(connected))
}

function connectSite(
  site: Site,
  person: Person,
  environment: NodeJS.ProcessEnv,
  onConnected: () => void = () => undefined,
): SiteConnection {
  const transport = openTransport(site.transport, person, environment, onConnected)
  return { site, transport, scheduler: schedulers[site.scheduler] }
}
