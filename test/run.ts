import { spawnSync } from 'node:child_process'
import { changesHere, printPlan, whyNotInstall, withChanges } from './install/with-servers.ts'

/**
 * The test command: types, lint, tests; the first that fails decides the exit code.
 *
 *     npm test                     what can be run here; the end tells what was skipped and why
 *     npm test -- --install        lists what it changes, installs the servers that are missing, runs everything
 *     npm test -- --plan           only lists that
 *     npm test -- test/structure   other words go to vitest
 */
const words = process.argv.slice(2)
const rest = words.filter((word) => word !== '--install' && word !== '--plan')

function command(program: string, args: readonly string[]): number {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit' })
  if (error !== undefined) process.stderr.write(`${program}: ${error.message}\n`)
  return status ?? 1
}

/** Types and lint first: they are quick and tell the most. */
function everything(): number {
  return (
    command('npm', ['run', '--silent', 'types']) ||
    command('npm', ['run', '--silent', 'lint']) ||
    command('npx', ['vitest', 'run', ...rest])
  )
}

async function run(): Promise<number> {
  if (!words.includes('--install') && !words.includes('--plan')) return everything()
  const whyNot = whyNotInstall()
  if (whyNot !== undefined) {
    process.stderr.write(`--install cannot be followed: ${whyNot}. Without it the tests run with what is here.\n`)
    return 3
  }
  const changes = await changesHere()
  printPlan(changes)
  return words.includes('--plan') ? 0 : withChanges(changes, everything)
}

process.exitCode = await run()
