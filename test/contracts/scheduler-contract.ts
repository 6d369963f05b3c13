import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localTransport } from '../../src/adapters/transports/local-transport.ts'
import type { Resources } from '../../src/ports/resources.ts'
import type { RefusedSetting } from '../../src/ports/scheduler-errors.ts'
import type { JobStatus, NativeId, Scheduler } from '../../src/ports/scheduler.ts'
import type { Command, CommandResult } from '../../src/ports/transport.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** What a program of the batch system says when it is called. */
export interface Says {
  readonly stdout?: string | Uint8Array
  readonly stderr?: string
  readonly exitCode?: number
}

/** Programs by name, put before the machine's own while a command of the dialect runs. */
export type Programs = Readonly<Record<string, Says>>

export interface SchedulerSamples {
  /** Jobs of ours: one runs, one waits (where jobs can wait), and `odd` is in a state that nobody knows. */
  readonly listing: Programs
  readonly running: NativeId
  readonly waiting?: NativeId
  readonly odd?: NativeId
  readonly empty: Programs
  readonly outages: Readonly<Record<string, Programs>>
  /** Submissions that print a job's id, with that id. */
  readonly accepted: Readonly<Record<string, { readonly says: Says; readonly id: NativeId }>>
  readonly refusals: Readonly<Record<'rejected' | 'unwell' | 'unknown' | 'limit', readonly Says[]>> & {
    /** What the site's definition names and the batch system does not know, by setting; none where there are no such names. */
    readonly settings: Partial<Readonly<Record<RefusedSetting, readonly Says[]>>>
  }
  /** What the programs that name our jobs say, for `cancelCommand`. */
  readonly names: Programs
  /** The program that ends a job, when it is another one. */
  readonly killer?: string
}

export const runningName = 'dabcdefghijklmn'
export const waitingName = 'dzyxwvutsrqponm'

/** Runs a command of a dialect where the batch system's programs are stand-ins that replay what real ones said. */
export async function replay(command: Command, programs: Programs): Promise<CommandResult> {
  const bin = join(temporaryFolder(), 'bin')
  mkdirSync(bin)
  for (const [name, says] of Object.entries(programs)) standIn(bin, name, says)
  const { program, args } = command
  return localTransport().run({
    program: 'sh',
    args: ['-c', 'PATH=$0:$PATH; export PATH; exec "$@"', bin, program, ...args],
  })
}

function standIn(bin: string, name: string, { stdout = '', stderr = '', exitCode = 0 }: Says): void {
  writeFileSync(join(bin, `${name}.out`), stdout)
  writeFileSync(join(bin, `${name}.err`), stderr)
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >>'${bin}/${name}.calls'\ncat '${bin}/${name}.out'\ncat '${bin}/${name}.err' >&2\nexit ${exitCode}\n`
  writeFileSync(join(bin, name), script)
  chmodSync(join(bin, name), 0o755)
}

const resources: Resources = { nodes: 2, ranksPerNode: 4, walltimeSeconds: 93_600 }
const codes = {
  rejected: 'SUBMISSION_REJECTED',
  unwell: 'SCHEDULER_UNWELL',
  unknown: 'SUBMISSION_UNKNOWN',
  limit: 'SUBMISSION_LIMIT',
}

/** What every dialect promises. @param asked resources that the dialect accepts */
export function schedulerContract(
  scheduler: Scheduler,
  samples: SchedulerSamples,
  asked: Partial<Resources> = {},
): void {
  const directives = (name: string, more: Partial<Resources> = {}): readonly string[] =>
    scheduler.directives(name, { ...resources, ...asked, ...more })
  const isDirect = scheduler.name === 'direct'
  const whyNot = isDirect ? ' (skipped: processes have no directives)' : ''
  const killer = samples.killer === undefined ? {} : { [samples.killer]: { stdout: 'killed' } }
  const states = async (programs: Programs): Promise<ReadonlyMap<NativeId, JobStatus>> =>
    scheduler.readStates(await replay(scheduler.statusCommand(), programs))

  describe(`${scheduler.name} keeps the promise of a scheduler: the queue`, () => {
    it('lists our jobs with names and states', async () => {
      const jobs = await states(samples.listing)

      expect(jobs.get(samples.running)).toMatchObject({ name: runningName, state: 'running' })
      if (samples.waiting === undefined)
        expect([...jobs.values()].some((job) => job.state === 'queued')).toBe(false)
      else expect(jobs.get(samples.waiting)).toMatchObject({ name: waitingName, state: 'queued' })
    })

    it.skipIf(samples.odd === undefined)(
      `keeps a job in a state that it does not know${samples.odd === undefined ? ' (skipped: all are known)' : ''}`,
      async () => {
        expect((await states(samples.listing)).get(samples.odd ?? '')?.state).toBe('unknown')
      },
    )

    it('takes an empty queue for empty', async () => {
      expect((await states(samples.empty)).size).toBe(0)
    })

    it.each(Object.entries(samples.outages))('does not take for an empty queue: %s', async (_, programs) => {
      await expect(states(programs)).rejects.toMatchObject({ code: 'SCHEDULER_UNWELL', retryable: true })
    })

    it('finds the list behind a banner and chatter of a login shell', async () => {
      const output = await replay(scheduler.statusCommand(), samples.listing)
      const noisy = {
        ...output,
        stdout: `Welcome!\n  Error: quota 99 %\n\n${output.stdout}`,
        stderr: 'module: error: no such module',
      }

      expect(scheduler.readStates(noisy)).toEqual(scheduler.readStates(output))
    })

    it('refuses a list that is cut anywhere', async () => {
      const output = await replay(scheduler.statusCommand(), samples.listing)
      const whole = output.stdout.trimEnd().length

      fc.assert(
        fc.property(fc.nat(whole - 1), (length) => {
          const cut = { ...output, stdout: output.stdout.slice(0, length) }
          expect(() => scheduler.readStates(cut)).toThrow(/gave no usable answer/)
        }),
        { numRuns: 100 },
      )
    })

    it('refuses an answer that is none: a missing program, an empty reply', async () => {
      const nothing = { exitCode: 0, stdout: '', stderr: '' }
      expect(() => scheduler.readStates(nothing)).toThrow(/gave no usable answer/)
      expect(() => scheduler.readStates({ ...nothing, exitCode: 127, stderr: 'not found' })).toThrow(
        /no usable answer/,
      )
    })

    it('looks a job up by its name in the same form', async () => {
      const output = await replay(scheduler.findByNameCommand(runningName), samples.listing)

      expect(scheduler.readStates(output).get(samples.running)?.name).toBe(runningName)
    })
  })

  it(`${scheduler.name} asks accounting nothing when there are no jobs to ask for`, () => {
    expect(scheduler.finalStateCommand([])).toBeUndefined()
  })

  describe(`${scheduler.name} keeps the promise of a scheduler: submission`, () => {
    it.each(Object.entries(samples.accepted))('reads the id of a job: %s', (_, { says, id }) => {
      expect(scheduler.readNativeId(result(says))).toBe(id)
      const noisy = result({ ...says, stdout: `*** 3 nodes down ***\nMotd of 2026\n${String(says.stdout)}` })
      expect(scheduler.readNativeId(noisy)).toBe(id)
    })

    const { settings, ...ofJobs } = samples.refusals
    const refusals = Object.entries(ofJobs).flatMap(([kind, all]) =>
      all.map((says) => [kind, says] as const),
    )
    it.each(refusals.map(([kind, says]) => [kind, says.stderr ?? says.stdout ?? '', says] as const))(
      'tells %s: %s',
      (kind, _, says) => {
        expect(codeOf(() => scheduler.readNativeId(result(says)))).toBe(codes[kind as keyof typeof codes])
      },
    )

    const named = Object.entries(settings).flatMap(([setting, all]) => all.map((says) => [setting, says.stderr ?? '', says] as const))
    it.each(named)('lays at the door of the site and its %s: %s', (setting, _, says) => {
      expect(thrownBy(() => scheduler.readNativeId(result(says)))).toMatchObject({ code: 'SITE_SETTING_REFUSED', setting, retryable: false })
      expect(codeOf(() => scheduler.readNativeId(result({ ...says, exitCode: 0 })))).toBe('SUBMISSION_UNKNOWN')
    })

    it('does not know what an empty answer means', () => {
      expect(codeOf(() => scheduler.readNativeId(result({})))).toBe('SUBMISSION_UNKNOWN')
      expect(codeOf(() => scheduler.readNativeId(result({ exitCode: 143 })))).toBe('SUBMISSION_UNKNOWN')
    })
  })

  describe(`${scheduler.name} keeps the promise of a scheduler: directives`, () => {
    it('names the job and writes one directive a line', () => {
      const lines = directives(runningName)

      expect(lines.every((line) => /^#\S* ?-[^\n\r]+$/.test(line))).toBe(true)
      if (scheduler.name !== 'direct') expect(lines.join('\n')).toContain(runningName)
    })

    it.each(['a name', 'd\nrm -rf ~', '9letters', '', 'd'.repeat(16), 'd;id', 'd$(id)', 'd"', '-d'])(
      'refuses the job name %j',
      (name) => {
        expect(codeOf(() => directives(name))).toBe('DIRECTIVE_REFUSED')
      },
    )

    it.skipIf(isDirect)(
      `lets no account, partition, constraint or extra line become another line${whyNot}`,
      () => {
        const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-z]{1,5}[\n\r;"'`$ \0\u2028][a-z -]{0,9}$/))
        const field = fc.constantFrom('account' as const, 'partition' as const, 'constraint' as const)
        const clean = directives(runningName).length

        fc.assert(
          fc.property(field, text, (name, value) => {
            const lines = linesOrRefusal(() => directives(runningName, { [name]: value }))
            expect(lines.length).toBeLessThanOrEqual(clean + 1)
            expect(lines.map((line) => line.replace(/^#\$/, '#')).join('')).not.toMatch(
              /[\n\r\0\u2028`$;'\\]/u,
            )
          }),
        )
      },
    )

    it.skipIf(isDirect)(
      `passes an extra option on, and refuses one that changes whose job it is${whyNot}`,
      () => {
        const extra = (line: string): readonly string[] =>
          directives(runningName, { extraDirectives: [line] })

        expect(extra('-l software=vasp').at(-1)).toMatch(/ -l software=vasp$/)
        for (const line of [
          '-N other',
          '-J other',
          '-t 1-9',
          '--array=1-9',
          '--job-name=x',
          'echo hi',
          '-l a\nrm',
          '',
        ]) {
          expect(codeOf(() => extra(line))).toBe('DIRECTIVE_REFUSED')
        }
      },
    )

    it.skipIf(isDirect)(`refuses numbers that are none${whyNot}`, () => {
      for (const nodes of [0, -1, 1.5, Number.NaN, Infinity]) {
        expect(codeOf(() => directives(runningName, { nodes }))).toBe('DIRECTIVE_REFUSED')
      }
    })
  })

  describe.skipIf(isDirect)(
    `${scheduler.name} keeps the promise of a scheduler: cancelling${isDirect ? ' (skipped: done with real processes)' : ''}`,
    () => {
      it('ends a job that has our name, and leaves an id alone that is another job’s by now', async () => {
        const jobs = [
          { id: samples.running, name: runningName },
          { id: samples.waiting ?? '', name: 'dother' },
          { id: '99', name: 'dgone' },
        ]

        const output = await replay(scheduler.cancelCommand(jobs), { ...samples.names, ...killer })

        expect(output.stdout).toContain(
          `cancelling ${samples.running}\n${samples.killer === undefined ? '' : 'killed'}`,
        )
        expect(output.stdout).toContain(`not ours ${samples.waiting}\nnot ours 99`)
      })

      it('ends nothing when the names cannot be had', async () => {
        const job = { id: samples.running, name: runningName }
        const [outage = {}] = Object.values(samples.outages)

        const output = await replay(scheduler.cancelCommand([job]), { ...outage, ...killer })

        expect(output.stdout).not.toContain('killed')
        expect(output.exitCode).not.toBe(0)
      })

      it('reads no value as a program', () => {
        const bad = { id: '1; touch /tmp/x', name: '$(id)' }
        const [flag, script, ...rest] = scheduler.cancelCommand([bad]).args

        expect(flag).toBe('-c')
        expect(script).toBe(scheduler.cancelCommand([]).args[1])
        expect(rest.slice(1)).toEqual([bad.id, bad.name])
      })
    },
  )
}

export function result({ stdout = '', stderr = '', exitCode = 0 }: Says): CommandResult {
  return { exitCode, stdout: typeof stdout === 'string' ? stdout : new TextDecoder().decode(stdout), stderr }
}

function thrownBy(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error
  }
}

export function codeOf(action: () => unknown): string {
  try {
    return `no error but ${JSON.stringify(action())}`
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

function linesOrRefusal(action: () => readonly string[]): readonly string[] {
  try {
    return action()
  } catch (error) {
    expect((error as { code?: string }).code).toBe('DIRECTIVE_REFUSED')
    return []
  }
}
