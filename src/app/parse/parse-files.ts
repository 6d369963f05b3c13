import { Worker } from 'node:worker_threads'
import { jsonLine } from './json-line.ts'
import { parseFile, type ParsedFile, type ParseOptions } from './parse-file.ts'

export interface ParseFilesOptions extends ParseOptions {
  /** Threads; 1 reads in this one. */
  readonly jobs: number
}

/**
 * Reads many files and yields their results in the order given, as soon as each and all before it are there.
 *
 * With several jobs each thread takes the next file when it is free; results come back as JSON text, so that nothing
 * large is cloned.
 */
export async function* parseFiles(
  files: readonly string[],
  options: ParseFilesOptions,
): AsyncGenerator<ParsedFile> {
  const threads = Math.min(options.jobs, files.length)
  if (threads <= 1) {
    for (const file of files) yield JSON.parse(jsonLine(await parseFile(file, options))) as ParsedFile
    return
  }
  yield* inThreads(files, options, threads)
}

/** Told to a thread, and what it answers. */
export interface ParseTask {
  readonly index: number
  readonly file: string
  readonly options: ParseOptions
}
export type ParseAnswer =
  { readonly index: number; readonly line: string } | { readonly index: number; readonly bug: Error }

async function* inThreads(
  files: readonly string[],
  options: ParseFilesOptions,
  count: number,
): AsyncGenerator<ParsedFile> {
  const { jobs: _, ...parseOptions } = options
  const results = files.map(() => deferred<ParsedFile>())
  const workers = Array.from({ length: count }, startWorker)
  let next = 0
  const feed = (worker: Worker) => {
    const index = next++
    const file = files[index]
    if (file !== undefined) worker.postMessage({ index, file, options: parseOptions } satisfies ParseTask)
  }
  const failAll = (error: Error) => results.forEach((result) => result.reject(error))
  for (const worker of workers) {
    worker.on('message', (answer: ParseAnswer) => {
      if ('bug' in answer) return failAll(answer.bug)
      results[answer.index]?.resolve(JSON.parse(answer.line) as ParsedFile)
      feed(worker)
    })
    worker.on('error', failAll)
    feed(worker)
  }
  try {
    for (const result of results) yield await result.promise
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** In a checkout the code is TypeScript, and a thread does not inherit the loader that this one was started with. */
function startWorker(): Worker {
  const isSource = import.meta.url.endsWith('.ts')
  const entry = new URL(`./parse-worker.${isSource ? 'ts' : 'js'}`, import.meta.url)
  if (!isSource) return new Worker(entry)
  const loader = import.meta.resolve('tsx/esm/api')
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry.href)}) })`
  return new Worker(start, { eval: true })
}

interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
  readonly reject: (error: Error) => void
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue
    reject = onError
  })
  // Whoever reads the results in order meets the rejection; those not yet looked at must not end the process.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
