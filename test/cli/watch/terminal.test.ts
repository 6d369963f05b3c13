import { execFileSync, spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { dopant, smallProject, smallScreen } from '../../integration/small-screen.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const oneSlab = smallScreen.replace(/delithiation:.*\n/, '').replace('[B, Al]', '[Al]')
const hasTmux = spawnSync('tmux', ['-V']).status === 0
if (!hasTmux) process.stderr.write('skipped: dopant watch in a terminal, because tmux is not installed\n')

const socket = resolve(temporaryFolder(), 'tmux')
const tmux = (...words: string[]): string => execFileSync('tmux', ['-u', '-S', socket, '-f', '/dev/null', ...words], { encoding: 'utf8' })
const runs: ReturnType<typeof dopant>[] = []
afterAll(async () => {
  if (hasTmux) spawnSync('tmux', ['-S', socket, 'kill-server'])
  // After a failure nothing writes any more into the folder that is removed.
  for (const { child } of runs) child.kill('SIGTERM')
  await Promise.all(runs.map(({ finished }) => finished))
})

const screen = (): string => tmux('capture-pane', '-p', '-t', 'watch')
/** What the terminal is: which buffer, and whether its cursor is to be seen. */
const terminal = (): string => tmux('display-message', '-p', '-t', 'watch', '#{alternate_on} #{cursor_flag}').trim()
const keys = (...names: string[]): string => tmux('send-keys', '-t', 'watch', ...names)

async function untilSo(what: string, isSo: () => boolean, why = (): string => ''): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (isSo()) return
    await wait(200)
  }
  throw new Error(`never seen: ${what}\n${why()}`)
}

const until = (what: string, isSo: () => boolean): Promise<void> => untilSo(what, isSo, screen)

function startWatch(folder: string, environment = ''): void {
  const command = `${environment} LC_ALL=C.UTF-8 exec '${process.execPath}' '${resolve('bin/dopant.js')}' watch --interval 0.5 --project "${folder}"`
  // The shell stays, so that what is left of the terminal can be looked at.
  tmux('new-session', '-d', '-x', '100', '-y', '28', '-s', 'watch', `echo before; (${command}); echo "ended with $?"; sleep 600`)
}

/** About half a minute. */
describe.skipIf(!hasTmux)('dopant watch in a terminal', () => {
  const { screenFile, folder } = smallProject(oneSlab)

  it('follows a screen from its first submit to its end, with keys, and gives the terminal back when it is killed', async () => {
    const run = dopant(['run', screenFile], { DOPANT_REHEARSAL_SECONDS_PER_STEP: '0.4' })
    runs.push(run)
    let said = ''
    run.child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
    await untilSo('the calculations', () => said.includes('new calculations'))
    startWatch(folder)

    await until('a running calculation', () => /► pristine\/relax +running/.test(screen()) && screen().includes('an engine runs'))
    expect(terminal()).toBe('1 0')
    expect(screen()).toContain('q quit')

    keys('Enter')
    await until('its convergence', () => screen().includes('Convergence') && screen().includes('Last lines of vasp.out'))
    keys('l')
    await until('its log', () => /DAV: +1/.test(screen()))
    keys('Escape')
    keys('/', 'Al-on', 'Enter')
    await until('the filtered rows', () => screen().includes('words: Al-on') && !screen().includes('pristine/relax'))
    keys('Escape', '?')
    await until('the help', () => screen().includes('Keys') && screen().includes('cancelling'))
    keys('Escape')
    tmux('resize-window', '-t', 'watch', '-x', '40', '-y', '16')
    await until('the narrow screen', () => screen().split('\n').some((line) => /pristine\/relax +(running|done)/.test(line)))

    expect((await run.finished).code).toBe(0)
    await until('the end', () => screen().includes('4/4'))
    tmux('resize-window', '-t', 'watch', '-x', '100', '-y', '28')
    await until('that no engine runs', () => screen().includes('no engine runs') && (screen().match(/✓ .*done/g) ?? []).length >= 4)

    process.kill(Number(execFileSync('pgrep', ['-f', `bin/dopant.js watch .*${folder.slice(-30)}`], { encoding: 'utf8' }).trim().split('\n').at(-1)), 'SIGTERM')
    await until('the shell', () => screen().includes('ended with 0'))
    expect(terminal()).toBe('0 1')
    expect(screen()).toContain('before')
    expect(screen()).not.toContain('pristine')
  }, 240_000)

  it('prints the finished screen once where there is no terminal, in ASCII where there is no UTF-8', async () => {
    const { code, stdout } = await dopant(['watch', 'small', '--project', folder], { LC_ALL: 'C' }).finished
    const wrong = await dopant(['watch', 'smal', '--project', folder]).finished

    expect(code).toBe(0)
    // eslint-disable-next-line no-control-regex -- none of them may be there
    expect(stdout).not.toMatch(/[^\n -~]/)
    expect(stdout).toMatch(/\* pristine\/relax +done/)
    expect(stdout).toContain('no engine runs')
    expect([wrong.code, wrong.stdout]).toEqual([2, ''])
    expect(wrong.stderr).toContain('Did you mean small?')
  }, 60_000)
})
