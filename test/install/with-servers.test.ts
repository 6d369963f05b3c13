import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'
import { plannedChanges, replaceFile, type SystemChange } from './system-changes.ts'
import { withChanges } from './with-servers.ts'

/** Records what happens, in order. */
function change(name: string, happened: string[], fails = false): SystemChange {
  return {
    says: name,
    make: () => {
      happened.push(`make ${name}`)
      if (fails) throw new Error(`${name} failed`)
    },
    undo: () => void happened.push(`undo ${name}`),
  }
}

describe('the plan of what the explicit installation changes', () => {
  it('installs nothing where nothing is missing, and leaves a host name on loopback alone', () => {
    const says = plannedChanges([], '127.0.1.1').map((each) => each.says)

    expect(says).toEqual([expect.stringContaining('/etc/pam.d/dopant-test-')])
  })

  it('blocks daemon starts before it installs, names each package, and says how to be rid of it', () => {
    const [first, second, third] = plannedChanges(['munge', 'slurmd'], '172.17.0.2').map((each) => each.says)

    expect(first).toMatch(/policy-rc\.d/)
    expect(second).toMatch(/munge .*slurmd .*apt-get purge munge slurmd/)
    expect(third).toMatch(/\/etc\/hosts.*172\.17\.0\.2/)
  })
})

describe('changes of the machine', () => {
  it('are undone in the opposite order after the work', () => {
    const happened: string[] = []

    const code = withChanges([change('a', happened), change('b', happened)], () => {
      happened.push('work')
      return 7
    })

    expect(code).toBe(7)
    expect(happened).toEqual(['make a', 'make b', 'work', 'undo b', 'undo a'])
  })

  it('are undone as far as they got when one fails, and the work is not begun', () => {
    const happened: string[] = []
    const changes = [change('a', happened), change('b', happened, true), change('c', happened)]

    expect(() => withChanges(changes, () => happened.push('work'))).toThrow('b failed')
    expect(happened).toEqual(['make a', 'make b', 'undo b', 'undo a'])
  })

  it('of a file leave it with its old text and mode, or away where it was not', () => {
    const folder = temporaryFolder()
    const [there, away] = [join(folder, 'there'), join(folder, 'away')]
    writeFileSync(there, 'old', { mode: 0o640 })

    const undo = [replaceFile(there, 'new', 0o755), replaceFile(away, 'new')]
    const during = [readFileSync(there, 'utf8'), readFileSync(away, 'utf8')]
    for (const each of undo) each()

    expect(during).toEqual(['new', 'new'])
    expect(readFileSync(there, 'utf8')).toBe('old')
    expect(statSync(there).mode & 0o777).toBe(0o640)
    expect(existsSync(away)).toBe(false)
  })
})
