import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command, CommandResult, FileToSend, Received, Transport } from '../../ports/transport.ts'
import { RemoteFileMissingError, RemoteWriteError, SiteUnreachableError } from '../../ports/transport-errors.ts'
import { silenceOf, whenSilent, type Silence } from './silence.ts'
import { safeRelativePath } from './safe-relative-path.ts'

/** This machine: for work on a login node or a workstation, without SSH. */
export function localTransport(silence: Silence = silenceOf(hostname())): Transport {
  return { host: hostname(), run: (command, options) => runHere(silence, command, options), upload: writeHere, download: readHere, close: async () => {} }
}

async function runHere(silence: Silence, command: Command, options: { signal?: AbortSignal; input?: string } = {}): Promise<CommandResult> {
  const patienceSeconds = silence.patienceSeconds()
  return new Promise((resolve, reject) => {
    const child = spawn(command.program, command.args, {
      ...(command.folder === undefined ? {} : { cwd: command.folder }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    const stopListening = whenSilent(patienceSeconds, () => out.length + err.length, () => {
      // One that waits for a disk cannot even be killed: nobody waits for its end.
      child.kill('SIGKILL')
      reject(silence.happened(patienceSeconds))
    })
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', (cause) => {
      stopListening()
      reject(new SiteUnreachableError(hostname(), `${command.program} could not be started (${cause.message})`, { cause }))
    })
    child.on('close', (code, signal) => {
      stopListening()
      if (signal === null) silence.isOver()
      resolve({ exitCode: code ?? 255, stdout: text(out), stderr: text(err) })
    })
    child.stdin.on('error', () => undefined) // a program that does not read its input is not an error
    child.stdin.end(options.input ?? '')
  })
}

async function writeHere(files: readonly FileToSend[], folder: string): Promise<void> {
  for (const file of files) await writeOne(file, join(folder, safeRelativePath(file.path)))
}

async function writeOne(file: FileToSend, target: string): Promise<void> {
  const temporary = `${target}.${randomUUID()}.part`
  try {
    await mkdir(dirname(target), { recursive: true })
    const handle = await open(temporary, 'wx', file.executable === true ? 0o755 : 0o644)
    try {
      await handle.writeFile(file.content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, target)
  } catch (cause) {
    await rm(temporary, { force: true })
    throw new RemoteWriteError(hostname(), target, (cause as Error).message, { cause })
  }
}

async function readHere(path: string, into: Writable): Promise<Received> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(createReadStream(path), count, into)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new RemoteFileMissingError(hostname(), path)
    throw cause
  }
  return { bytes, sha256: hash.digest('hex') }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
