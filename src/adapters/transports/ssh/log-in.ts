import { existsSync } from 'node:fs'
import type { AnyAuthMethod, ParsedKey, Prompt } from 'ssh2'
import type { Ask } from './person.ts'
import { ChosenAgent } from './chosen-agent.ts'
import type { HostConfig } from './host-config.ts'
import { loadKey, publicBlob } from './load-key.ts'

type MethodName = 'publickey' | 'keyboard-interactive' | 'password'

interface Attempt {
  readonly method: MethodName
  readonly make: () => Promise<AnyAuthMethod | undefined>
}

/** One login: hands out one method after the other, and remembers what was wrong with those that could not be used. */
export interface Login {
  readonly problems: readonly string[]
  /** What the server said it would still take, the last time it said so. */
  readonly accepted: readonly string[]
  /** The next method, or false when none is left. @param left undefined before the server has said anything */
  next(left: readonly string[] | undefined): Promise<AnyAuthMethod | false>
}

/** Keys once decrypted are kept for reconnecting; passwords and codes never are. */
export type KeyRing = Map<string, ParsedKey>

/** Agent first, then key files, then questions, as OpenSSH does it. */
export async function beginLogin(config: HostConfig, ring: KeyRing, ask: Ask | undefined): Promise<Login> {
  const problems: string[] = []
  let accepted: readonly string[] = []
  let isFirst = true
  let wasAgent = false
  const asking: Ask | undefined =
    ask &&
    (async (...question) => {
      try {
        return await ask(...question)
      } catch (error) {
        rest.length = 0 // whoever does not want to answer is not asked again
        throw error
      }
    })
  const rest = [...(await keyAttempts(config, ring, asking, problems)), ...questions(config, asking)]
  return {
    problems,
    get accepted() {
      return accepted
    },
    async next(left) {
      if (isFirst) {
        isFirst = false
        return { type: 'none', username: config.user } // asks the server which methods it takes
      }
      // After an agent, ssh2 repeats the list from before it: a key that was the first of two factors goes unmentioned.
      accepted = [...(left ?? accepted), ...(wasAgent ? ['keyboard-interactive', 'password'] : [])]
      wasAgent = false
      for (let at = rest.findIndex(isAccepted); at >= 0; at = rest.findIndex(isAccepted)) {
        const [attempt] = rest.splice(at, 1)
        const method = await attempt?.make()
        wasAgent = method?.type === 'agent'
        if (method !== undefined) return method
      }
      return false
    },
  }

  function isAccepted({ method }: Attempt): boolean {
    return accepted.includes(method)
  }
}

async function keyAttempts(
  config: HostConfig,
  ring: KeyRing,
  ask: Ask | undefined,
  problems: string[],
): Promise<Attempt[]> {
  const username = config.user
  const files = await Promise.all(
    config.identityFiles.map(async (file) => ({ file, blob: await publicBlob(file) })),
  )
  const agent = openAgent(
    config,
    files.flatMap(({ blob }) => blob ?? []),
    problems,
  )
  const held = (await agent?.held()) ?? new Set<string>()
  const offered: Attempt[] =
    agent === undefined || held.size === 0
      ? []
      : [{ method: 'publickey', make: async () => ({ type: 'agent', username, agent }) }]
  const fromFiles = files
    .filter(({ blob }) => blob === undefined || !held.has(blob))
    .map(({ file }): Attempt => ({
      method: 'publickey',
      make: async () => {
        const { key = undefined, problem = undefined } = ring.has(file)
          ? { key: ring.get(file) }
          : await loadKey(file, ask)
        if (problem !== undefined) problems.push(problem)
        if (key === undefined) return undefined
        ring.set(file, key)
        return { type: 'publickey', username, key }
      },
    }))
  return [...offered, ...fromFiles]
}

function openAgent(
  { agent, identitiesOnly }: HostConfig,
  wanted: readonly string[],
  problems: string[],
): ChosenAgent | undefined {
  if (agent === undefined || agent === '') return undefined
  if (existsSync(agent)) return new ChosenAgent(agent, wanted, identitiesOnly)
  problems.push('the SSH agent is gone: start it again and add your key with `ssh-add`')
  return undefined
}

function questions({ user, host }: HostConfig, ask: Ask | undefined): Attempt[] {
  if (ask === undefined) return []
  let wasPrompted = false
  const who = `(${user}@${host})`
  const interactive = async (): Promise<AnyAuthMethod> => ({
    type: 'keyboard-interactive',
    username: user,
    prompt: (_name, instructions, _language, prompts, finish) => {
      wasPrompted = true
      // No answer ends the login on the server's side with a refusal, which is what it is.
      answers(who, instructions, prompts, ask).then(finish, () => finish(prompts.map(() => '')))
    },
  })
  const password = async (): Promise<AnyAuthMethod | undefined> =>
    wasPrompted
      ? undefined
      : { type: 'password', username: user, password: await ask(`${who} Password: `, { echo: false }) }
  return [
    ...Array.from({ length: 3 }, (): Attempt => ({ method: 'keyboard-interactive', make: interactive })),
    ...Array.from({ length: 3 }, (): Attempt => ({ method: 'password', make: password })),
  ]
}

async function answers(
  who: string,
  instructions: string,
  prompts: readonly Prompt[],
  ask: Ask,
): Promise<string[]> {
  const given: string[] = []
  for (const { prompt, echo = false } of prompts) {
    const before = given.length === 0 && instructions.trim() !== '' ? `${instructions.trim()}\n` : ''
    given.push(await ask(`${before}${who} ${prompt}`, { echo }))
  }
  return given
}
