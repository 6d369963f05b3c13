import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dopant, smallProject, smallScreen } from '../integration/small-screen.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const oneSlab = smallScreen.replace(/delithiation:.*\n/, '').replace('[B, Al]', '[Al]')
const open: Client[] = []

/** A client of the protocol’s own kit, talking to the real command in a process of its own. */
async function assistant(folder: string, ...words: string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  const transport = new StdioClientTransport({ command: process.execPath, args: [resolve('bin/dopant.js'), 'mcp', '--project', folder, ...words], env: environment, stderr: 'inherit' })
  await client.connect(transport)
  open.push(client)
  return client
}

async function ask(client: Client, name: string, input: Record<string, unknown> = {}): Promise<{ readonly isError: boolean; readonly answer: Record<string, unknown> }> {
  const { content, isError } = (await client.callTool({ name, arguments: input })) as { content: { text: string }[]; isError?: boolean }
  const text = content[0]?.text ?? ''
  return { isError: isError === true, answer: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : { text } }
}

const readingTools = ['list_screens', 'screen_status', 'results', 'queue', 'calculation', 'parse_file', 'lint_inputs']
let [folder, looking] = ['', undefined as unknown as Client]

/** About twenty seconds. */
beforeAll(async () => {
  const { screenFile, folder: made } = smallProject(oneSlab)
  folder = made
  const run = await dopant(['run', screenFile]).finished
  expect(run.code, run.stderr).toBe(0)
  looking = await assistant(folder)
}, 120_000)
afterAll(() => Promise.all(open.map((client) => client.close())))

describe('dopant mcp', () => {
  it('offers tools that only look, and names them so', async () => {
    const { tools } = await looking.listTools()

    expect(tools.map(({ name }) => name)).toEqual(readingTools)
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
  })

  it('tells screens, their calculations part by part, and an empty queue', async () => {
    const screens = await ask(looking, 'list_screens')
    const first = await ask(looking, 'screen_status', { screen: 'small', limit: 3 })
    const rest = await ask(looking, 'screen_status', { screen: 'small', limit: 3, offset: 3 })
    const queue = await ask(looking, 'queue')

    expect(screens.answer).toMatchObject({ total: 1, entries: [{ name: 'small', candidates: 2, states: { done: 4 } }] })
    expect(first.answer).toMatchObject({ total: 4, nextOffset: 3 })
    expect(rest.answer['entries']).toHaveLength(1)
    expect(rest.answer).not.toHaveProperty('nextOffset')
    expect(queue.answer).toMatchObject({ total: 0, entries: [] })
  })

  it('tells of one calculation what happened, and that its energy is a rehearsal’s', async () => {
    const { answer } = await ask(looking, 'calculation', { id: 'small/Al-on-Mn/relax' })

    expect(answer).toMatchObject({ state: 'done', result: { method: 'rehearsal' }, why: { next: [] } })
    expect((answer['events'] as { to: string }[]).at(-1)?.to).toBe('done')
  })

  it('gives a table with units and its rows', async () => {
    const { answer } = await ask(looking, 'results', { screen: 'small', table: 'energies' })

    expect(answer['entries']).toHaveLength(2)
    expect((answer['columns'] as { unit?: string }[]).some(({ unit }) => unit === 'eV')).toBe(true)
  })

  it('answers what is wrong in the words of the command line, with what to do', async () => {
    const screen = await ask(looking, 'screen_status', { screen: 'smal' })
    const table = await ask(looking, 'results', { screen: 'small', table: 'bond' })
    const id = await ask(looking, 'calculation', { id: 'small/none/relax' })
    const limit = await ask(looking, 'screen_status', { screen: 'small', limit: 100_000 })

    expect(screen).toMatchObject({ isError: true, answer: { code: 'SCREEN_UNKNOWN', remedy: 'Did you mean small?' } })
    expect(table).toMatchObject({ isError: true, answer: { code: 'TABLE_UNKNOWN' } })
    expect(id).toMatchObject({ isError: true, answer: { code: 'CALCULATION_UNKNOWN' } })
    expect(limit.isError).toBe(true)
  })

  it('reads files below the project, and none outside it, by no path and no link', async () => {
    const outside = mkdtempSync(join(temporaryFolder(), 'other-'))
    writeFileSync(join(outside, 'INCAR'), 'ENCUT = 520\nISMEAR = -5\n')
    mkdirSync(join(folder, 'mine'))
    writeFileSync(join(folder, 'mine/INCAR'), 'ENCUT = 520\nISMAER = 0\n')
    symlinkSync(join(outside, 'INCAR'), join(folder, 'mine/linked'))
    symlinkSync(outside, join(folder, 'away'))

    const mine = await ask(looking, 'lint_inputs', { folder: 'mine' })
    const paths = ['mine/linked', 'away/INCAR', join(outside, 'INCAR'), '../../../../etc/passwd', '/etc/none-such']
    const refused = await Promise.all(paths.map((path) => ask(looking, 'parse_file', { path })))
    const folders = await ask(looking, 'lint_inputs', { folder: 'away' })

    expect(JSON.stringify(mine.answer['findings'])).toContain('ISMAER')
    expect(refused.map(({ answer }) => answer['code'])).toEqual(paths.map(() => 'PATH_REFUSED'))
    expect(folders.answer['code']).toBe('PATH_REFUSED')

    const allowed = await assistant(folder, '--allow-path', outside)
    const read = await ask(allowed, 'parse_file', { path: join(outside, 'INCAR'), fields: ['tags'] })
    expect(read.answer).toMatchObject({ kind: 'INCAR' })
  })

  it('has no actions unless they are allowed', async () => {
    expect((await ask(looking, 'cancel', { targets: ['small'] })).isError).toBe(true)
  })

  it('holds, releases and cancels where that is allowed, each in the history by mcp', async () => {
    const { screenFile, folder: fresh } = smallProject(`${oneSlab}budget: { coreHours: 1 }\n`)
    await dopant(['run', screenFile]).finished
    const acting = await assistant(fresh, '--allow-actions')
    const { tools } = await acting.listTools()

    const held = await ask(acting, 'pause', { targets: ['small/Al-on-Mn'] })
    const released = await ask(acting, 'resume', { targets: ['small/Al-on-Mn/relax'] })
    const cancelled = await ask(acting, 'cancel', { targets: ['small/pristine'] })
    const nothing = await ask(acting, 'retry', { targets: ['small'] })
    const { answer } = await ask(acting, 'calculation', { id: 'small/Al-on-Mn/relax' })

    expect(tools.map(({ name }) => name)).toEqual([...readingTools, 'retry', 'cancel', 'pause', 'resume'])
    expect([held, released, cancelled].map(({ answer: each }) => (each['moved'] as string[]).length)).toEqual([2, 1, 2])
    expect(nothing.answer).toEqual({ moved: [], words: 'Nothing has failed there.' })
    expect((answer['events'] as { actor: string }[]).filter(({ actor }) => actor === 'mcp')).toHaveLength(2)
  }, 120_000)
})
