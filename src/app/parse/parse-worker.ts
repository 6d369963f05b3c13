import { parentPort } from 'node:worker_threads'
import { jsonLine } from './json-line.ts'
import { parseFile } from './parse-file.ts'
import type { ParseAnswer, ParseTask } from './parse-files.ts'

/** A thread of `dopant parse --jobs`: one file after the other. */
parentPort?.on('message', ({ index, file, options }: ParseTask) => {
  const answer = (message: ParseAnswer) => parentPort?.postMessage(message)
  parseFile(file, options).then(
    (parsed) => answer({ index, line: jsonLine(parsed) }),
    (error: unknown) => answer({ index, bug: error instanceof Error ? error : new Error(String(error)) }),
  )
})
