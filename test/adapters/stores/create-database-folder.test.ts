import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDatabaseFolder } from '../../../src/adapters/stores/create-database-folder.ts'
import { until } from '../../contracts/servers.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

const node = (program: string, ...args: readonly string[]) =>
  spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program, ...args], { stdio: 'ignore', cwd: resolve('.') })

/** Words of the command lines of all processes of this machine. */
function commandLines(): readonly string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return '' // it has ended meanwhile
    }
  })
}

const hasProcesses = existsSync('/proc/self/cmdline')
if (!hasProcesses) console.warn('skipped: this system has no /proc, where the processes of others are seen')

/** About ten seconds. */
describe('an embedded database that is made', () => {
  it('is whole when it appears, also beside what another still writes that was begun and left', async () => {
    const folder = temporaryFolder()
    const left = join(folder, 'db.new-0badcafe')
    mkdirSync(left)
    const writer = node("import { mkdirSync, writeFileSync } from 'node:fs'; for (let i = 0; ; i++) { mkdirSync(process.argv[1], { recursive: true }); writeFileSync(process.argv[1] + '/' + i % 1000, 'x') }", left)
    await until(() => readdirSync(left).length > 100, 20_000)

    await createDatabaseFolder(join(folder, 'db')).finally(() => writer.kill('SIGKILL'))

    expect(existsSync(join(folder, 'db', 'PG_VERSION'))).toBe(true)
  })

  it.skipIf(!hasProcesses)('is not gone on with when who asked for it was killed, and what is left is removed by the next', async () => {
    const folder = temporaryFolder()
    const program = `import { createDatabaseFolder } from '${resolve('src/adapters/stores/create-database-folder.ts')}'; await createDatabaseFolder(process.argv[1])`
    const asking = node(program, join(folder, 'db'))
    await until(() => readdirSync(folder).length > 0, 20_000)
    asking.kill('SIGKILL')

    await until(() => !commandLines().some((line) => line.includes(join(folder, 'db.new-'))), 30_000)
    expect(existsSync(join(folder, 'db'))).toBe(false)
    await createDatabaseFolder(join(folder, 'db'))
    expect(readdirSync(folder)).toEqual(['db'])
  })
})
