import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { handlebarsTemplates } from '../../../src/adapters/templates/handlebars-templates.ts'
import { localTransport } from '../../../src/adapters/transports/local-transport.ts'
import { lookScript, readLook } from '../../../src/app/dispatch/look-script.ts'
import { settleScript } from '../../../src/app/dispatch/settle-script.ts'
import { submitOnceExit, submitOnceScript } from '../../../src/app/dispatch/submit-once-script.ts'
import { shellQuote } from '../../../src/base/shell-quote.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const here = localTransport()

/** An attempt's folder; a blank and a quote in its name, because people have such folders. */
function attemptFolder(): string {
  const folder = join(temporaryFolder(), "it's attempt-1")
  mkdirSync(folder)
  return folder
}

/** A batch system that counts what it was asked, and answers 4711. */
const countingSubmit = ['sh', '-c', 'echo submitted >>count; echo 4711; echo noise >&2']

function submit(folder: string, command: readonly string[] = countingSubmit) {
  return here.run({ program: 'sh', args: ['-c', submitOnceScript, 'dopant-submit', folder, ...command] })
}

async function settle(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const output = await here.run({ program: 'sh', args: ['-c', settleScript, 'dopant-settle', folder, ...args] })
  return output.stdout.trim().split('\n')
}

function submissions(folder: string): number {
  const file = join(folder, 'count')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
}

describe('submitting an attempt', () => {
  it('asks the batch system once, however often it is called, and repeats its answer', async () => {
    const folder = attemptFolder()

    const answers = [await submit(folder), await submit(folder), await submit(folder)]

    expect(submissions(folder)).toBe(1)
    expect(answers).toEqual(new Array(3).fill({ exitCode: 0, stdout: '4711\n', stderr: 'noise\n' }))
  })

  it('asks once when called many times at the same moment', async () => {
    const folder = attemptFolder()

    const answers = await Promise.all(Array.from({ length: 8 }, () => submit(folder)))

    expect(submissions(folder)).toBe(1)
    expect(answers.every(({ exitCode }) => exitCode === 0 || exitCode === submitOnceExit.inDoubt)).toBe(true)
  })

  it('repeats a refusal too', async () => {
    const folder = attemptFolder()
    const refusing = ['sh', '-c', 'echo submitted >>count; echo no such partition >&2; exit 1']

    await submit(folder, refusing)
    const again = await submit(folder, refusing)

    expect(again).toEqual({ exitCode: 1, stdout: '', stderr: 'no such partition\n' })
    expect(submissions(folder)).toBe(1)
  })

  it('refuses a folder that is not there, and an attempt that was closed', async () => {
    const folder = attemptFolder()
    symlinkSync('revoked', join(folder, 'dopant-claim'))

    expect((await submit(join(folder, 'nothing'))).exitCode).toBe(submitOnceExit.folderMissing)
    expect((await submit(folder)).exitCode).toBe(submitOnceExit.revoked)
    expect(submissions(folder)).toBe(0)
  })
})

describe('settling a doubt', () => {
  it('finds the recorded answer', async () => {
    const folder = attemptFolder()
    await submit(folder)

    expect(await settle(folder)).toEqual(['recorded', '0', '4711', 'dopant-stderr', 'noise'])
  })

  it('closes an attempt whose recorded answer names no job, so that the next one may start', async () => {
    const folder = attemptFolder()
    await submit(folder, ['sh', '-c', 'echo controller away >&2; exit 1'])

    expect(await settle(folder)).toEqual(['recorded', '1', 'dopant-stderr', 'controller away'])
    expect(await settle(folder, 'revoke')).toEqual(['recorded', '1', 'dopant-stderr', 'controller away'])
    expect(await settle(folder, 'revoke-recorded')).toEqual(['revoked'])
  })

  it('waits while the submitting shell is alive, and closes the attempt when it died', async () => {
    const folder = attemptFolder()
    const slow = spawn('sh', ['-c', submitOnceScript, 'dopant-submit', folder, 'sleep', '60'], { detached: true })
    while (!existsSync(join(folder, 'dopant-submit.lock', 'holder'))) await wait(20)
    expect(await settle(folder)).toEqual(['busy'])

    process.kill(-(slow.pid ?? 0), 'SIGKILL')
    await new Promise((done) => slow.on('close', done))

    expect(await settle(folder)).toEqual(['doubtful'])
    expect(await settle(folder, 'revoke')).toEqual(['revoked'])
    expect((await submit(folder)).exitCode).toBe(submitOnceExit.revoked)
  })

  it('knows that the shell died when its host was started anew, even if its process id is somebody else’s by now', async () => {
    const folder = attemptFolder()
    const holder = join(folder, 'dopant-submit.lock', 'holder')
    const slow = spawn('sh', ['-c', submitOnceScript, 'dopant-submit', folder, 'sleep', '60'], { detached: true })
    while (!existsSync(holder) || readFileSync(holder, 'utf8') === '') await wait(20)
    const [host, , pid] = readFileSync(holder, 'utf8').trim().split(' ')
    writeFileSync(holder, `${host} 00000000-0000-4000-8000-000000000000 ${pid}\n`)

    expect(await settle(folder)).toEqual(['doubtful'])

    process.kill(-(slow.pid ?? 0), 'SIGKILL')
    expect(await settle(folder, 'revoke')).toEqual(['revoked'])
  })

  it('adopts the job that has claimed the attempt instead of closing it', async () => {
    const folder = attemptFolder()
    symlinkSync('4711', join(folder, 'dopant-claim'))

    expect(await settle(folder, 'revoke')).toEqual(['claimed 4711'])
  })

  it('says that the folder is gone', async () => {
    expect(await settle('/nonexistent/folder')).toEqual(['absent'])
  })
})

describe('the job script', () => {
  const templates = handlebarsTemplates({ folders: ['templates'] })

  async function jobIn(folder: string, launch: string, bader = ''): Promise<string> {
    const script = await templates.render('jobs/job.sh.hbs', {
      directives: ['#SBATCH --job-name=dabc'],
      title: 'small/pristine/relax, attempt 1',
      folder: shellQuote(folder),
      prologue: [],
      exports: ["GREETING='hello there'"],
      preparation: ['echo prepared >prepared'],
      launch,
      bader,
      token: 'dabc',
      ownId: '$$',
      walltimeSeconds: undefined,
      scratch: undefined,
    })
    writeFileSync(join(folder, 'job.sh'), script)
    return join(folder, 'job.sh')
  }

  it('begins with the shell and the directives of the batch system', async () => {
    const text = readFileSync(await jobIn(attemptFolder(), 'true'), 'utf8')

    expect(text.split('\n').slice(0, 2)).toEqual(['#!/bin/sh', '#SBATCH --job-name=dabc'])
  })

  it('claims the attempt, prepares, runs VASP and tells start, end and exit code', async () => {
    const folder = attemptFolder()

    const result = await here.run({ program: 'sh', args: [await jobIn(folder, `sh -c 'echo "$GREETING"; exit 3'`)] })

    const [files] = await look(folder)
    expect(result.exitCode).toBe(3)
    expect(readFileSync(join(folder, 'vasp.out'), 'utf8')).toBe('hello there\n')
    expect(existsSync(join(folder, 'prepared'))).toBe(true)
    expect(files?.start?.get('starts')).toBe('1')
    expect(files?.start?.get('id')).toBe(files?.claim)
    expect(files?.end?.get('code')).toBe('3')
    expect(files?.end?.get('cause')).toBe('exit')
  })

  it('steps aside when another job owns the attempt', async () => {
    const folder = attemptFolder()
    symlinkSync('1', join(folder, 'dopant-claim'))

    const result = await here.run({ program: 'sh', args: [await jobIn(folder, 'touch ran')] })

    expect(result.exitCode).toBe(0)
    expect(existsSync(join(folder, 'ran'))).toBe(false)
    expect(readFileSync(join(folder, 'dopant-aside'), 'utf8')).toContain('steps aside for 1')
    expect(readlinkSync(join(folder, 'dopant-claim'))).toBe('1')
  })

  it('stops VASP at once on a signal and tells which one it was', async () => {
    const folder = attemptFolder()
    const job = spawn('sh', [await jobIn(folder, 'sleep 60')])
    while ((await look(folder))[0]?.start === undefined) await wait(20)
    await wait(100)

    job.kill('SIGTERM')
    const code = await new Promise((done) => job.on('close', done))

    expect(code).toBe(143)
    expect((await look(folder))[0]?.end?.get('cause')).toBe('TERM')
    const left = await here.run({ program: 'pgrep', args: ['-P', String(job.pid)] })
    expect(left.stdout).toBe('')
  })

  it('runs the partition after a clean end only, and does not fail the run with it', async () => {
    const [clean, broken] = [attemptFolder(), attemptFolder()]

    const result = await here.run({ program: 'sh', args: [await jobIn(clean, 'true', 'false')] })
    await here.run({ program: 'sh', args: [await jobIn(broken, 'false', 'touch partitioned')] })

    expect(result.exitCode).toBe(0)
    expect(existsSync(join(clean, 'bader.failed'))).toBe(true)
    expect(existsSync(join(broken, 'partitioned'))).toBe(false)
  })

  async function look(...folders: readonly string[]) {
    const output = await here.run({ program: 'sh', args: ['-c', lookScript, 'dopant-look', ...folders] })
    return readLook(output.stdout)
  }
})
