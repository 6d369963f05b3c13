import type { CommandOptions } from '../../command.ts'
import { numberOption, OptionValueError, textOption } from '../../option-values.ts'
import { commandWords } from './command-words.ts'

type Entry = Readonly<Record<string, unknown>>

/** The options of `dopant site add` as an entry of sites.yaml. Only what was given is written; the schema has the rest. */
export function siteEntry(options: CommandOptions): Entry {
  const resources = resourcesOf(options)
  return given({
    transport: transportOf(options),
    scheduler: required(options, 'scheduler', '--scheduler'),
    workFolder: required(options, 'workFolder', '--work-folder'),
    scratch: textOption(options['scratch']),
    quotaGib: count(options, 'quotaGib', '--quota-gib'),
    scratchPurgeDays: count(options, 'scratchPurgeDays', '--scratch-purge-days'),
    resources: Object.keys(resources).length === 0 ? undefined : resources,
    maxJobs: count(options, 'maxJobs', '--max-jobs'),
    pollSeconds: count(options, 'pollSeconds', '--poll-seconds'),
    vasp: {
      ...programOf('--vasp', required(options, 'vasp', '--vasp')),
      version: required(options, 'vaspVersion', '--vasp-version'),
    },
    bader: mapped(textOption(options['bader']), (words) => programOf('--bader', words)),
    prologue: options['prologue'],
    environment: mapped(options['env'] as readonly string[] | undefined, environmentOf),
    potcarLibrary: textOption(options['potcarLibrary']),
    vdwKernelPath: textOption(options['vdwKernel']),
  })
}

function transportOf(options: CommandOptions): Entry {
  const login = textOption(options['host'])
  if (login === undefined) return { kind: 'local' }
  const [, user, host = ''] = /^(?:([^@]*)@)?(.*)$/.exec(login) ?? []
  // The value is not repeated: it may hold a password.
  if (user?.includes(':') === true) throw new OptionValueError('--host', `…@${host}`, 'Leave passwords out; you are asked when one is needed.')
  return given({
    kind: 'ssh',
    host,
    user: textOption(options['user']) ?? user,
    port: count(options, 'port', '--port'),
    via: textOption(options['via']),
    configFile: textOption(options['sshConfig']),
  })
}

function resourcesOf(options: CommandOptions): Entry {
  return given({
    nodes: count(options, 'nodes', '--nodes'),
    ranksPerNode: count(options, 'ranksPerNode', '--ranks-per-node'),
    coresPerRank: count(options, 'coresPerRank', '--cores-per-rank'),
    memoryMibPerNode: count(options, 'memoryMibPerNode', '--memory-mib-per-node'),
    walltime: textOption(options['walltime']),
    partition: textOption(options['partition']),
    account: textOption(options['account']),
    qos: textOption(options['qos']),
    parallelEnvironment: textOption(options['parallelEnvironment']),
  })
}

function programOf(option: string, line: string): Entry {
  const [program = '', ...args] = commandWords(option, line)
  return args.length === 0 ? { program } : { program, args }
}

const secretName = /pass(word|phrase|wd)?$|secret|token|credential|api_?key|private_?key/i

function environmentOf(pairs: readonly string[]): Entry {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = '', value = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(pair) ?? []
      if (name === '') throw new OptionValueError('--env', pair.split('=')[0], 'Write NAME=value.')
      if (secretName.test(name)) throw new OptionValueError('--env', name, 'Keep secrets out of sites.yaml; let the prologue read them from a file on the site.')
      return [name, value]
    }),
  )
}

function required(options: CommandOptions, name: string, flag: string): string {
  const value = textOption(options[name])
  if (value !== undefined && value !== '') return value
  throw new OptionValueError(flag, 'missing', `Give ${flag}; \`dopant site add --help\` shows a whole line.`)
}

function count(options: CommandOptions, name: string, flag: string): number | undefined {
  return options[name] === undefined ? undefined : numberOption(flag, options[name])
}

function mapped<T, U>(value: T | undefined, map: (value: T) => U): U | undefined {
  return value === undefined ? undefined : map(value)
}

function given(values: Entry): Entry {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}
