import { main } from '../../src/cli/main.ts'
import type { CommandIo } from '../../src/cli/command.ts'

export interface Outcome {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** The real command line in this process, with what it wrote. */
export async function dopant(words: readonly string[], around: { cwd?: string; stdin?: string | Uint8Array } = {}): Promise<Outcome> {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const io: CommandIo = {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    isTerminal: false,
    cwd: around.cwd ?? process.cwd(),
    environment: {},
    stdin: oneChunk(around.stdin),
    signal: new AbortController().signal,
  }
  const code = await main(words, io)
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}

async function* oneChunk(content: string | Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (content !== undefined) yield Buffer.from(content)
}
