import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Person } from './person.ts'

/** The person at this terminal; nobody, when it is not one. Questions come one after the other, on stderr. */
export function terminalPerson(
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): Person {
  if (!input.isTTY || !output.isTTY) return {}
  let before: Promise<unknown> = Promise.resolve()
  const ask = (prompt: string, { echo }: { readonly echo: boolean }): Promise<string> => {
    const answer = before.then(() => question(prompt, echo, input, output))
    before = answer.catch(() => undefined)
    return answer
  }
  return {
    ask,
    async acceptHostKey({ host, type, fingerprint }) {
      const text = `${host} is not known yet. It shows this host key:\n  ${type} ${fingerprint}\n`
      const answer = await ask(
        `${text}Compare it with the one your site publishes. Is it the same (yes/no)? `,
        { echo: true },
      )
      return answer.trim().toLowerCase() === 'yes'
    },
  }
}

async function question(
  prompt: string,
  echo: boolean,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input, output: echo ? output : silent, terminal: true, historySize: 0 })
  const cancelled = new AbortController()
  lines.once('SIGINT', () => cancelled.abort(new Error('no answer was given')))
  try {
    if (echo) return await lines.question(prompt, { signal: cancelled.signal })
    output.write(prompt)
    return await lines.question('', { signal: cancelled.signal })
  } finally {
    lines.close()
    if (!echo) output.write('\n')
  }
}
