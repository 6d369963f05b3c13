import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** A disk of its own for what a project keeps, where this user may mount one. */
export interface SmallDisk {
  isThere(): boolean
  fill(seconds: number): Promise<void>
  remove(): void
}

export function smallDisk(project: string): SmallDisk {
  const state = join(project, '.dopant')
  const isThere = (): boolean => readFileSync('/proc/mounts', 'utf8').includes(` ${state} `)
  mkdirSync(state, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m', 'tmpfs', state], { stdio: 'ignore' })
  } catch {
    console.log('the disk is not filled: this user may not mount one')
  }
  return {
    isThere,
    async fill(seconds) {
      const filler = join(state, 'filler')
      try {
        execFileSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=1M'], { stdio: 'ignore' })
      } catch {
        // It ends with «no space left», as it should.
      }
      await wait(seconds * 1000)
      rmSync(filler, { force: true })
    },
    remove: () => {
      if (isThere()) execFileSync('umount', ['-l', state])
    },
  }
}
