import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KnownError } from '../../base/known-error.ts'
import { noticeKinds, type Notifier } from '../../ports/notifier.ts'
import { commandHook } from '../notifications/command-hook.ts'
import { webhook } from '../notifications/webhook.ts'

export class NotificationsConfigError extends KnownError {
  readonly code = 'NOTIFICATIONS_CONFIG'
  readonly remedy = 'Correct the entry; docs/engine.md shows a complete one.'
  constructor(file: string, problem: string) {
    super(`${file}: notifications: ${problem}`)
  }
}

const common = {
  on: z.array(z.enum(noticeKinds)).min(1).default([...noticeKinds]),
  digestMinutes: z.number().min(0).max(1440).default(10),
}

const entry = z.union([
  z.strictObject({ command: z.tuple([z.string().min(1)], z.string()), ...common }),
  z.strictObject({ webhook: z.url({ protocol: /^https?$/ }), ...common }),
  z.strictObject({ webhookVariable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), ...common }),
])

const file = z.looseObject({ notifications: z.array(entry).default([]) })

/**
 * Everybody who is to be told: of the project's `dopant.yaml` and of the user's own `config.yaml`. An address of a chat service is
 * a password: it belongs into the second, or into an environment variable that `webhookVariable` names.
 *
 * @throws NotificationsConfigError, which shows no address
 */
export function loadNotifiers(projectFolder: string, environment: NodeJS.ProcessEnv): readonly Notifier[] {
  const base = environment['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  const files = [join(projectFolder, 'dopant.yaml'), join(base, 'dopant', 'config.yaml')]
  return files.filter((path) => existsSync(path)).flatMap((path) => readNotifiers(path, environment))
}

function readNotifiers(path: string, environment: NodeJS.ProcessEnv): readonly Notifier[] {
  const read = file.safeParse(readYaml(path) ?? {})
  if (!read.success) {
    const places = read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'} cannot be meant`)
    throw new NotificationsConfigError(path, [...new Set(places)].join(', '))
  }
  return read.data.notifications.flatMap((each) => notifierOf(path, each, environment))
}

function notifierOf(path: string, each: z.output<typeof entry>, environment: NodeJS.ProcessEnv): readonly Notifier[] {
  const settings = { kinds: each.on, digestSeconds: each.digestMinutes * 60 }
  if ('command' in each) return [commandHook(each.command, settings)]
  if ('webhook' in each) return [webhook(each.webhook, settings)]
  const url = environment[each.webhookVariable]
  if (url === undefined || url === '') return []
  if (!/^https?:\/\//.test(url)) throw new NotificationsConfigError(path, `${each.webhookVariable} holds no web address`)
  return [webhook(url, settings)]
}

function readYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch {
    throw new NotificationsConfigError(path, 'the file is no YAML')
  }
}
