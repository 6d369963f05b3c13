import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { isAbsent, sshdBed, variants } from './bed.ts'
import { caught, mounted, received } from './observing.ts'

describe.skipIf(isAbsent).each(variants)('a transfer over %s', (_, make) => {
  const { open, folder } = sshdBed(make)

  it('with many files, odd names and a symlink among them', async () => {
    const [transport, to] = [open(), folder()]
    const names = ["it's", 'a b', '$(touch x)', '`id`', 'line\nbreak', '-n', 'ü–漢', '*', '\\', 'deep/er/"']
    const many = Array.from({ length: 400 }, (__, i) => ({ path: `many/${i}`, content: String(i) }))

    await transport.upload([...names.map((path) => ({ path, content: path })), ...many], to)
    symlinkSync('many/7', join(to, 'link'))

    expect(names.map((path) => readFileSync(join(to, path), 'utf8'))).toEqual(names)
    expect(readdirSync(join(to, 'many'))).toHaveLength(400)
    expect((await received(transport, join(to, 'link'))).toString()).toBe('7')
    expect((await received(transport, join(to, 'line\nbreak'))).toString()).toBe('line\nbreak')
    expect(existsSync(join(to, 'x'))).toBe(false)
  })

  it('with twenty commands at the same time', async () => {
    const transport = open()

    const results = await Promise.all(
      Array.from({ length: 20 }, (__, i) => transport.run({ program: 'echo', args: [String(i)] })),
    )

    expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 20 }, (__, i) => i))
  })

  it('of a file that may not be read, a folder in the way, and a reader here that fails', async () => {
    const [transport, to] = [open(), folder()]
    mkdirSync(join(to, 'folder'))
    writeFileSync(join(to, 'large'), randomBytes(3e6))

    expect(await caught(received(transport, join(to, 'folder')))).toMatchObject({
      code: 'REMOTE_READ_FAILED',
    })
    expect(await caught(transport.upload([{ path: 'folder', content: 'x' }], to))).toMatchObject({
      code: 'REMOTE_WRITE_FAILED',
    })
    const full = new Writable({ write: (__, ___, done) => done(new Error('disk full here')) })
    expect((await caught(transport.download(join(to, 'large'), full))).message).toBe('disk full here')
  })

  it('with a disk that fills up: what was there stays, and the error names the cause', async () => {
    const disk = folder()
    if (!mounted(disk)) return console.warn('skipped: a small file system cannot be mounted here')
    try {
      const transport = open()
      await transport.upload([{ path: 'POSCAR', content: 'first' }], disk)

      const small = caught(
        transport.upload(
          [
            { path: 'POSCAR', content: 'second' },
            { path: 'x', content: randomBytes(2e6) },
          ],
          disk,
        ),
      )
      expect(await small).toMatchObject({
        code: 'REMOTE_WRITE_FAILED',
        message: expect.stringContaining('No space left'),
      })
      const large = caught(transport.upload([{ path: 'POSCAR', content: randomBytes(9e6) }], disk))
      expect(await large).toMatchObject({
        code: 'REMOTE_WRITE_FAILED',
        message: expect.stringContaining('No space left'),
      })

      expect(readFileSync(join(disk, 'POSCAR'), 'utf8')).toBe('first')
    } finally {
      execFileSync('umount', [disk])
    }
  })

  it('behind a jump host that runs no commands', async () => {
    const [transport, to] = [open({ host: 'inner' }), folder()]

    await transport.upload([{ path: 'a b', content: 'through' }], to)

    expect((await transport.run({ program: 'cat', args: ['a b'], folder: to })).stdout).toBe('through')
  })
})
