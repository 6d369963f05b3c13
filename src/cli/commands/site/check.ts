import pc from 'picocolors'
import { systemClock } from '../../../adapters/clock/system-clock.ts'
import { checkSite, type ProbeReport, type SiteReport } from '../../../app/site-check/check-site.ts'
import type { SiteCheck } from '../../../app/site-check/probe.ts'
import { openSite, templatesOf } from '../../../compose.ts'
import type { CommandDefinition, CommandIo, CommandOptions, ExitCode } from '../../command.ts'
import { numberOption, OptionValueError } from '../../option-values.ts'
import { projectOption, workspaceOptions } from '../../workspace-options.ts'

export const checkCommand: CommandDefinition = {
  name: 'check',
  summary: 'prove a site end to end, with a real tiny job',
  arguments: [{ name: '<name>', description: 'a site of `dopant site list`' }],
  options: [
    { flags: '--no-job', description: 'only look, submit nothing' },
    { flags: '--timeout <seconds>', description: 'longest wait for the test job, in the queue and running', default: '1800' },
    { flags: '--json', description: 'one JSON object' },
    projectOption,
  ],
  examples: ['dopant site check rehearsal', 'dopant site check cluster --no-job'],
  run: async ([name = ''], options, io) => {
    const check = siteCheck(name, options, io)
    const asJson = options['json'] === true
    const onProbe = (report: ProbeReport): void => void (asJson ? io.stderr : io.stdout).write(lineOf(report, io))
    try {
      const report = await checkSite(check, { withJob: options['job'] !== false, onProbe })
      if (asJson) io.stdout.write(`${JSON.stringify(report)}\n`)
      else io.stdout.write(closingWords(report))
      return exitCodeOf(report)
    } finally {
      await check.connection.transport.close()
    }
  },
}

function siteCheck(name: string, options: CommandOptions, io: CommandIo): SiteCheck {
  const workspace = workspaceOptions(options, io)
  return {
    connection: openSite(name, workspace),
    templates: templatesOf(workspace.projectFolder),
    clock: systemClock,
    signal: io.signal,
    jobTimeoutSeconds: timeoutOption(options['timeout']),
    say: (line) => void io.stderr.write(`${line}\n`),
  }
}

function timeoutOption(given: CommandOptions[string]): number {
  const seconds = numberOption('--timeout', given)
  if (seconds > 0) return seconds
  throw new OptionValueError('--timeout', given, 'Give a positive number of seconds.')
}

const marks = { ok: '✓', warning: '!', wrong: '✗', skipped: '–' } as const
const nameWidth = 16

function lineOf({ status, probe, found, remedy }: ProbeReport, { isTerminal }: CommandIo): string {
  const { green, yellow, red, dim } = pc.createColors(isTerminal)
  const paint = { ok: green, warning: yellow, wrong: red, skipped: dim }[status]
  const line = `${paint(marks[status])} ${probe.padEnd(nameWidth)}${found}\n`
  return remedy === undefined ? line : `${line}  ${' '.repeat(nameWidth)}→ ${remedy}\n`
}

function closingWords({ site, outcome, probes, keptFolder }: SiteReport): string {
  const count = probes.filter(({ status }) => status === 'wrong').length
  const kept = keptFolder === undefined ? '' : `The test job's folder is kept: ${keptFolder}\n`
  if (outcome === 'well') return `\n${kept}${site} is ready.\n`
  const words = outcome === 'unreachable' ? 'cannot be reached' : `is not ready: ${count} of ${probes.length} probes failed`
  return `\n${kept}${site} ${words}.\n`
}

function exitCodeOf({ outcome }: SiteReport): ExitCode {
  return { well: 0, failed: 1, unreachable: 3 }[outcome] as ExitCode
}
