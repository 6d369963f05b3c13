import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { Writable } from 'node:stream'
import { slurm } from '../../src/adapters/schedulers/slurm.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Site } from '../../src/ports/site.ts'
import type { SiteConnection } from '../../src/ports/site-connection.ts'
import { RemoteFileMissingError } from '../../src/ports/transport-errors.ts'
import type { Command, CommandResult, FileToSend, Received, Transport } from '../../src/ports/transport.ts'

/** What a finished run leaves, by step and name: real files of one rehearsal. */
export type Leavings = Readonly<Record<string, ReadonlyMap<string, Buffer>>>

export interface SimulatedSite {
  readonly connection: SiteConnection
  readonly submitted: () => number
  readonly commands: () => number
}

interface Job {
  readonly id: string
  readonly name: string
  readonly folder: string
  readonly startMs: number
  readonly endMs: number
}

type Sums = ReadonlyMap<string, string>

export interface SimulatedSiteOptions {
  readonly clock: Clock
  readonly leavings: Leavings
  readonly jobSeconds: () => number
  /** How long a job waits before it starts; 0 without it. */
  readonly queueSeconds?: number
  readonly maxJobs: number
}

/** A Slurm site in memory that answers the engine's scripts as a shell would; its jobs start and end by the clock of the bench. */
export function simulatedSite(name: string, { clock, leavings, jobSeconds, queueSeconds = 0, maxJobs }: SimulatedSiteOptions): SimulatedSite {
  const folders = new Map<string, Sums>()
  const names = new Map<string, string>()
  const jobs = new Map<string, Job>()
  let [listed, submitted, commands] = [new Map<string, Job>(), 0, 0]

  const listJobs = (): string => {
    const nowMs = clock.now().getTime()
    listed = new Map([...listed].filter(([, { endMs }]) => endMs > nowMs))
    return [...listed.values()].map((job) => `${job.id}|${job.startMs <= nowMs ? 'RUNNING|None' : 'PENDING|Priority'}|${job.name}\n`).join('')
  }
  const submit = (folder: string): string => {
    submitted += 1
    const startMs = clock.now().getTime() + 1000 * queueSeconds
    const id = String(1000 + submitted)
    const job = { id, name: names.get(folder) ?? '', folder, startMs, endMs: startMs + 1000 * jobSeconds() }
    jobs.set(folder, job)
    listed.set(id, job)
    return `${id}\n`
  }
  const look = (folder: string, i: number): string => {
    const job = jobs.get(folder)
    if (job === undefined || job.startMs > clock.now().getTime()) return `folder ${i} \n-\n-\n`
    const start = `id=${job.id} at=${new Date(job.startMs).toISOString()} `
    const hasEnded = job.endMs <= clock.now().getTime()
    return `folder ${i} ${job.id}\n${start}\n${hasEnded ? `code=0 cause=exit at=${new Date(job.endMs).toISOString()} ` : '-'}\n`
  }
  const place = (incoming: string, folder: string, attempt: string): string => {
    const target = `${folder}/attempt-${attempt}`
    folders.set(target, folders.get(incoming) ?? new Map())
    names.set(target, names.get(incoming) ?? '')
    folders.delete(incoming)
    names.delete(incoming)
    return 'placed\n'
  }
  const sums = (folder: string, wanted: readonly string[]): string => {
    const known = folders.get(folder)
    return wanted.flatMap((file) => (known?.has(file) === true ? [`${known.get(file)} ${file}\n`] : [])).join('')
  }
  const asked = (question: string): string => {
    const lines = question.includes('squeue') ? listJobs() : ''
    return `dopant-answer-begins\n${lines}\ndopant-answer-ends 0\n\n`
  }
  const script = (kind: string, [first = '', second = '', third = '', ...rest]: readonly string[]): CommandResult => {
    if (kind === 'dopant-owned') return answer({ program: rest[0] ?? '', args: rest.slice(1) })
    if (kind === 'dopant-hold') return said(`held ${Number(second) + 1} ${rest[0]}\n`)
    if (kind === 'dopant-place') return said(place(first, second, third))
    if (kind === 'dopant-submit') return said(submit(first))
    if (kind === 'dopant-look') return said([first, second, third, ...rest].filter((each) => each !== '').map(look).join(''))
    if (kind === 'dopant-younger') return said(`looked at ${[first, second, third, ...rest].filter((each) => each !== '').length}\n`)
    if (kind === 'dopant-checksums') return said(sums(first, [second, third, ...rest]))
    if (kind === 'dopant-left') return said('contcar=newer\n')
    return kind === 'dopant-clean' ? said('') : { exitCode: 1, stdout: '', stderr: '' }
  }
  const answer = ({ program, args }: Command): CommandResult => {
    if (args[2] === 'dopant-ask') return said(asked(args[1] ?? ''))
    if (program === 'sh') return script(args[2] ?? '', args.slice(3))
    return program === 'rm' ? said('') : { exitCode: 1, stdout: '', stderr: '' }
  }
  const transport: Transport = {
    host: name,
    async run(command) {
      commands += 1
      return answer(command)
    },
    async upload(files, folder) {
      folders.set(folder, new Map(files.map((file) => [file.path, sha256(file)])))
      names.set(folder, String(files.find(({ path }) => path === 'name')?.content ?? '').trim())
    },
    download: (path, into) => download(path, into, leavings),
    close: async () => undefined,
  }
  return { connection: { site: siteNamed(name, maxJobs), transport, scheduler: slurm }, submitted: () => submitted, commands: () => commands }
}

function said(stdout: string): CommandResult {
  return { exitCode: 0, stdout, stderr: '' }
}

function sha256({ content }: FileToSend): string {
  return createHash('sha256').update(content).digest('hex')
}

async function download(path: string, into: Writable, leavings: Leavings): Promise<Received> {
  const step = posix.basename(posix.dirname(posix.dirname(path)))
  const content = leavings[step]?.get(posix.basename(path))
  if (content === undefined) {
    into.destroy()
    throw new RemoteFileMissingError('simulated', path)
  }
  await new Promise<void>((done) => into.end(content, done))
  return { bytes: content.length, sha256: '' }
}

function siteNamed(name: string, maxJobs: number): Site {
  return {
    name,
    transport: { kind: 'local' },
    scheduler: 'slurm',
    workFolder: '/scratch/me',
    resources: { nodes: 1, ranksPerNode: 16, walltimeSeconds: 6 * 3600 },
    maxJobs,
    pollSeconds: 120,
    fastestPollSeconds: 30,
    graceSeconds: 300,
    vasp: { program: 'vasp_std', args: [], version: 'rehearsal' },
    prologue: [],
    environment: {},
    method: 'rehearsal',
  }
}
